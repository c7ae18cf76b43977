// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.algorithm.locate.SimplePointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

class PolygonRasterTest {
  private static final GeometryFactory GEOMETRY = new GeometryFactory();

  @Test
  void aPixelBelongsWhereItsCentreIs() throws ParseException {
    // Edges at .5 run through centres: those on the left and top edge belong, the others do not.
    PolygonRaster raster = raster("POLYGON ((1.5 1.5, 4.5 1.5, 4.5 3.5, 1.5 3.5, 1.5 1.5))");
    assertThat(rows(raster, 0, 0, 6, 5))
        .containsExactly("......", ".###..", ".###..", "......", "......");
  }

  @Test
  void neighboursShareNoPixelAndLeaveNone() throws ParseException {
    PolygonRaster left = raster("POLYGON ((0 0, 7 0, 3 9, 0 9, 0 0))");
    PolygonRaster right = raster("POLYGON ((7 0, 10 0, 10 9, 3 9, 7 0))");
    byte[] a = pixels(left, 0, 0, 10, 9);
    byte[] b = pixels(right, 0, 0, 10, 9);
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i] + b[i]).isEqualTo(1);
    }
  }

  @Test
  void holesAreEvenOddAndExclusionsAreCutOut() throws ParseException {
    PolygonRaster raster =
        new PolygonRaster(
            List.of(polygon("POLYGON ((0 0, 8 0, 8 4, 0 4, 0 0), (2 1, 4 1, 4 3, 2 3, 2 1))")),
            List.of(polygon("POLYGON ((6 0, 9 0, 9 2, 6 2, 6 0))")));
    assertThat(rows(raster, 0, 0, 9, 4))
        .containsExactly("######...", "##..##...", "##..####.", "########.");
    // A ring that crosses itself is a bow tie: both wings, by the even-odd rule.
    PolygonRaster tie = raster("POLYGON ((0 0, 6 4, 6 0, 0 4, 0 0))");
    assertThat(rows(tie, 0, 0, 6, 4)).containsExactly("#....#", "##..##", "##..##", "#....#");
  }

  @Test
  void anyRectangleAgreesWithTheWholeAndWithJts() {
    SplittableRandom random = new SplittableRandom(Long.getLong("micromet.seed", 1));
    Coordinate[] ring = new Coordinate[61];
    for (int i = 0; i < 60; i++) {
      double angle = i * Math.PI / 30;
      double radius = 60 + random.nextDouble() * 60;
      ring[i] = new Coordinate(130 + radius * Math.cos(angle), 125 + radius * Math.sin(angle));
    }
    ring[60] = ring[0];
    Polygon polygon = GEOMETRY.createPolygon(ring);
    PolygonRaster raster = new PolygonRaster(List.of(polygon), List.of());
    byte[] whole = pixels(raster, 0, 0, 260, 250);
    for (int y = 0; y < 250; y++) {
      for (int x = 0; x < 260; x++) {
        int where = SimplePointInAreaLocator.locate(new Coordinate(x + 0.5, y + 0.5), polygon);
        assertThat(whole[y * 260 + x] == 1).isEqualTo(where == Location.INTERIOR);
      }
    }
    byte[] part = pixels(raster, 93, 71, 64, 50);
    for (int i = 0; i < part.length; i++) {
      assertThat(part[i]).isEqualTo(whole[(71 + i / 64) * 260 + 93 + i % 64]);
    }
    assertThat(raster.touches(0, 0, 5, 5)).isFalse();
    assertThat(raster.touches(93, 71, 64, 50)).isTrue();
  }

  private static Polygon polygon(String text) throws ParseException {
    return (Polygon) new WKTReader(GEOMETRY).read(text);
  }

  private static PolygonRaster raster(String text) throws ParseException {
    return new PolygonRaster(List.of(polygon(text)), List.of());
  }

  private static byte[] pixels(PolygonRaster raster, long x0, long y0, int width, int height) {
    byte[] into = new byte[width * height];
    Arrays.fill(into, (byte) 9);
    raster.paint(x0, y0, width, height, into);
    return into;
  }

  private static List<String> rows(PolygonRaster raster, long x0, long y0, int width, int height) {
    byte[] into = pixels(raster, x0, y0, width, height);
    return IntStream.range(0, height)
        .mapToObj(
            y -> {
              StringBuilder row = new StringBuilder();
              for (int x = 0; x < width; x++) {
                row.append(into[y * width + x] == 1 ? '#' : '.');
              }
              return row.toString();
            })
        .toList();
  }
}
