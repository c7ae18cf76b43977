// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.lesion;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.grid.Grid;
import io.github.micromet.map.ProbabilityMap;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.SlideInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.valid.IsValidOp;

class LesionOutlinesTest {
  private static final GeometryFactory GEOMETRY = new GeometryFactory();

  @Test
  void aRectangleOfCellsIsARectangleOfPixels() {
    ProbabilityMap map = map(64, "......", ".ab...", ".cd...", "......");

    Lesion lesion = LesionOutlines.of(map, 0.05, info(384, 256, 0.5, 0.25)).get(0);

    assertThat(lesion.outline().getEnvelopeInternal()).isEqualTo(new Envelope(64, 192, 64, 192));
    assertThat(lesion.outline().getCoordinates()).hasSize(5);
    assertThat(lesion.outline().getExteriorRing().isClosed()).isTrue();
    assertThat(lesion.cells()).isEqualTo(4);
    assertThat(lesion.maxProbability()).isEqualTo(0.4);
    assertThat(lesion.meanProbability()).isEqualTo((0.1 + 0.2 + 0.3 + 0.4) / 4);
    assertThat(lesion.areaPx()).isEqualTo(128 * 128);
    assertThat(lesion.areaUm2()).hasValue(128 * 128 * 0.125);
    assertThat(lesion.longestUm()).hasValue(Math.hypot(64, 32));
  }

  @Test
  void withoutASpacingThereAreNoMicrons() {
    Lesion lesion = LesionOutlines.of(map(64, "a"), 0.05, info(64, 64, Optional.empty())).get(0);
    assertThat(lesion.areaUm2()).isEmpty();
    assertThat(lesion.longestUm()).isEmpty();
  }

  @Test
  void theThresholdIsStrictSoEachDetectionLiesInALesion() {
    ProbabilityMap map = map(10, "e.f..", ".....", "g...e");
    List<Lesion> lesions = LesionOutlines.of(map, 0.5, info(50, 30, 1, 1));

    assertThat(lesions).extracting(Lesion::maxProbability).containsExactly(0.6, 0.7);
    for (Detection found : ProbNms.detect(map, 0.5, 2, 6)) {
      assertThat(lesions)
          .anyMatch(
              lesion ->
                  lesion
                      .outline()
                      .contains(GEOMETRY.createPoint(new Coordinate(found.x0(), found.y0()))));
    }
    assertThat(LesionOutlines.of(map, 0, info(50, 30, 1, 1))).hasSize(4);
  }

  @Test
  void aHoleIsAnInnerRing() {
    Lesion lesion =
        LesionOutlines.of(map(10, "aaaa", "a..a", "aaaa"), 0.05, info(40, 30, 1, 1)).get(0);

    assertThat(lesion.outline().getNumInteriorRing()).isEqualTo(1);
    assertThat(lesion.areaPx()).isEqualTo(1000);
  }

  @Test
  void cellsThatMeetAtACornerAreTwoLesions() {
    assertThat(LesionOutlines.of(map(10, "a.", ".a"), 0.05, info(20, 20, 1, 1))).hasSize(2);
  }

  @Test
  void anAreaThatTouchesItselfAtACornerIsStillValid() {
    List<ProbabilityMap> maps =
        List.of(
            map(10, "iii", "i.i", "ii."), // a gap closed by a corner
            map(10, ".ii", "i.i", "iii"),
            map(10, "iiiii", "i.i.i", "ii.ii", "i.i.i", "iiiii"), // gaps that meet at corners
            map(10, "iiii", "i..i", ".i.i", "iiii"),
            map(10, "iiiii", "i...i", "i.i.i", "i...i", "iiiii")); // an island in a hole
    for (ProbabilityMap map : maps) {
      assertCovers(map, info(50, 50, 1, 1));
    }
  }

  @Test
  void randomMapsGiveValidPolygonsThatCoverTheirCellsAndNothingElse() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 150; round++) {
      double full = random.nextDouble();
      Grid grid = new Grid(1 + random.nextInt(14), 1 + random.nextInt(14), 64.897);
      ProbabilityMap map = new ProbabilityMap(grid);
      for (int at = 0; at < grid.cells(); at++) {
        boolean set = random.nextDouble() < full;
        map.set(at / grid.columns(), at % grid.columns(), set ? 0.9 : 0.1);
      }
      // From overhanging cells to cells that lie wholly beyond the slide.
      long width = 1 + (long) (grid.columns() * 64.897 * (0.5 + random.nextDouble()));
      long height = 1 + (long) (grid.rows() * 64.897 * (0.5 + random.nextDouble()));
      assertCovers(map, info(width, height, 0.25, 0.25));
    }
  }

  private static void assertCovers(ProbabilityMap map, SlideInfo info) {
    Grid grid = map.grid();
    List<Lesion> lesions = LesionOutlines.of(map, 0.5, info);
    Envelope slide = new Envelope(0, info.width(), 0, info.height());
    double expected = 0;
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        Envelope cell =
            new Envelope(
                    grid.edgeX0(column),
                    grid.edgeX0(column + 1),
                    grid.edgeY0(row),
                    grid.edgeY0(row + 1))
                .intersection(slide);
        boolean set = map.at(row, column) > 0.5 && cell.getArea() > 0;
        expected += set ? cell.getArea() : 0;
        if (cell.getArea() > 0) {
          var centre = GEOMETRY.createPoint(cell.centre());
          long holding = lesions.stream().filter(l -> l.outline().contains(centre)).count();
          assertThat(holding).isEqualTo(set ? 1 : 0);
        }
      }
    }
    double area = 0;
    for (Lesion lesion : lesions) {
      Polygon outline = lesion.outline();
      IsValidOp valid = new IsValidOp(outline);
      assertThat(valid.isValid()).as("%s: %s", valid.getValidationError(), outline).isTrue();
      assertThat(slide.contains(outline.getEnvelopeInternal())).isTrue();
      area += lesion.areaPx();
    }
    assertThat(area).isCloseTo(expected, Offset.offset(1e-6 * (1 + expected)));
  }

  /** One character a cell: {@code .} is 0, {@code a} is 0.1, {@code b} 0.2 and so on. */
  private static ProbabilityMap map(double cellPx, String... rows) {
    ProbabilityMap map = new ProbabilityMap(new Grid(rows.length, rows[0].length(), cellPx));
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < rows[row].length(); column++) {
        char c = rows[row].charAt(column);
        map.set(row, column, c == '.' ? 0 : (c - 'a' + 1) / 10.0);
      }
    }
    return map;
  }

  private static SlideInfo info(long width, long height, double mppX, double mppY) {
    return info(width, height, Optional.of(new Mpp(mppX, mppY)));
  }

  private static SlideInfo info(long width, long height, Optional<Mpp> mpp) {
    return new SlideInfo(
        "test",
        "micromet",
        List.of(new Level(0, width, height, 1, 256, 256)),
        mpp,
        OptionalDouble.empty(),
        new TreeMap<>(),
        new TreeSet<>());
  }
}
