// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import static io.github.micromet.slide.tiff.TestTiff.LONG;

import io.github.micromet.CoordinateTiles;
import java.nio.ByteOrder;

/** Small slides of coordinates in the vendors' layouts. */
final class TestSlides {
  private TestSlides() {}

  /** Three levels, thumbnail second, then label and macro, as Aperio's scanners write them. */
  static TestTiff aperio() {
    TestTiff tiff = new TestTiff();
    String head = "Aperio Image Library v11.2.1\r\n";
    level(tiff.add(), 0, 400, 300)
        .text(270, head + "400x300 (64x64) JPEG/RGB Q=30|AppMag = 20|MPP = 0.4990|Left = 1.5");
    picture(tiff.add(), 100, 75, 0x101010).text(270, head + "400x300 -> 100x75");
    level(tiff.add(), 1, 200, 150).text(270, head + "400x300 -> 200x150");
    level(tiff.add(), 2, 100, 75).text(270, head + "400x300 -> 100x75");
    picture(tiff.add(), 38, 46, 0x202020).text(270, head + "label 38x46").tag(254, LONG, 1);
    picture(tiff.add(), 128, 43, 0x303030).text(270, head + "macro 128x43").tag(254, LONG, 9);
    return tiff;
  }

  /** Two levels, the smaller one in a sub-directory. */
  static TestTiff ome() {
    TestTiff tiff = new TestTiff(ByteOrder.LITTLE_ENDIAN, true);
    TestTiff.Directory first = level(tiff.add(), 0, 400, 300);
    first.text(
        270,
        "<?xml version=\"1.0\"?><OME><Instrument><Objective ID=\"Objective:0\""
            + " NominalMagnification=\"40.0\"/></Instrument><Image ID=\"Image:0\"><Pixels"
            + " ID=\"Pixels:0\" Type=\"uint8\" SizeX=\"400\" SizeY=\"300\" SizeC=\"3\""
            + " PhysicalSizeX=\"250\" PhysicalSizeXUnit=\"nm\" PhysicalSizeY=\"0.5\"/></Image></OME>");
    level(first.sub(), 1, 200, 150).tag(254, LONG, 1);
    return tiff;
  }

  private static TestTiff.Directory level(
      TestTiff.Directory directory, int level, int width, int height) {
    return directory
        .size(width, height)
        .tiles(64, 64, TestTiff.Packing.DEFLATE, (x, y) -> CoordinateTiles.colour(level, x, y));
  }

  private static TestTiff.Directory picture(
      TestTiff.Directory directory, int width, int height, int colour) {
    return directory.size(width, height).strips(16, TestTiff.Packing.NONE, (x, y) -> colour);
  }
}
