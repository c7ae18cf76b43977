// SPDX-License-Identifier: Apache-2.0
package io.github.micromet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * One region as OpenSlide 4 reads it, or tifffile where OpenSlide does not open the file or the
 * level is smaller than a tile.
 *
 * @param slide the file
 * @param at the region
 * @param png below conformance/golden
 * @param reader who read it, e.g. {@code openslide 4.0.1}
 * @param tolerance mean absolute difference allowed, in grey levels
 */
public record RegionGolden(Path slide, Region at, String png, String reader, double tolerance) {
  /** Two builds of libjpeg-turbo may round differently; measured with the pinned ones: 0. */
  public static final double JPEG_TOLERANCE = 1;

  private static final Pattern CASE =
      Pattern.compile(
          "\"slide\": \"([^\"]+)\", \"x0\": (-?\\d+), \"y0\": (-?\\d+), \"level\": (\\d+), "
              + "\"width\": (\\d+), \"height\": (\\d+), \"png\": \"([^\"]+)\", "
              + "\"reader\": \"([^\"]+)\", \"lossless\": (true|false)");

  /** The regions recorded of one slide, {@code regions/NAME.json}. */
  public static List<RegionGolden> of(String name) throws IOException {
    String json = Files.readString(Golden.file("regions/" + name + ".json"));
    return CASE.matcher(json).results().map(RegionGolden::of).toList();
  }

  private static RegionGolden of(MatchResult one) {
    String slide = one.group(1);
    return new RegionGolden(
        slide.startsWith("conformance/") ? Golden.root().resolve(slide) : TestData.file(slide),
        new Region(
            Long.parseLong(one.group(2)),
            Long.parseLong(one.group(3)),
            Integer.parseInt(one.group(4)),
            Integer.parseInt(one.group(5)),
            Integer.parseInt(one.group(6))),
        one.group(7),
        one.group(8),
        one.group(9).equals("true") ? 0 : JPEG_TOLERANCE);
  }

  /** Mean absolute difference of all channels, in grey levels. */
  public double difference(RgbImage found) throws IOException {
    BufferedImage expected = ImageIO.read(Golden.file(png).toFile());
    assertThat(expected.getWidth()).isEqualTo(found.width());
    assertThat(expected.getHeight()).isEqualTo(found.height());
    long sum = 0;
    for (int y = 0; y < found.height(); y++) {
      for (int x = 0; x < found.width(); x++) {
        int a = found.at(x, y);
        // getRaster: a grey PNG must not be taken through a colour profile.
        for (int c = 0; c < 3; c++) {
          int band = expected.getRaster().getNumBands() == 1 ? 0 : c;
          int b = expected.getRaster().getSample(x, y, band);
          sum += Math.abs((a >> (16 - 8 * c) & 0xff) - b);
        }
      }
    }
    return sum / (3.0 * found.width() * found.height());
  }
}
