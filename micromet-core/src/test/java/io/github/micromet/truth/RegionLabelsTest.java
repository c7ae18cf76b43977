// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.Golden;
import io.github.micromet.GoldenJson;
import io.github.micromet.TestData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;

/** Against NCRF's own rule on its own outlines. */
class RegionLabelsTest {
  @Test
  void theNineLabelsAreNcrfsOnRealOutlines() {
    JsonNode regions = GoldenJson.read("labels/regions.json");
    Map<String, RegionLabels> slides = new HashMap<>();
    for (JsonNode region : regions) {
      String name = region.get(0).asText();
      RegionLabels labels = slides.computeIfAbsent(name, n -> new RegionLabels(outlines(n)));
      List<Integer> expected = new ArrayList<>();
      region.get(3).forEach(label -> expected.add(label.asInt()));

      assertThat(labels.at(region.get(1).asLong(), region.get(2).asLong()))
          .as("%s", region)
          .isEqualTo(expected);
    }
    assertThat(slides).hasSize(14);
  }

  @Test
  void pixelsOnRealOutlinesAreWhereTheirCentresAre() {
    JsonNode places = GoldenJson.read("labels/windows.json");
    Path npy = Golden.file("labels/windows.npy");
    int side = Golden.shape(npy)[1];
    byte[] expected = Golden.bytes(npy);
    byte[] painted = new byte[side * side];
    int onEdges = 0;
    for (int window = 0; window < places.size(); window++) {
      JsonNode place = places.get(window);
      PolygonRaster raster = outlines(place.get(0).asText()).raster();
      raster.paint(place.get(1).asLong(), place.get(2).asLong(), side, side, painted);
      for (int i = 0; i < painted.length; i++) {
        int wanted = expected[window * painted.length + i];
        if (wanted == 2) {
          onEdges++; // a centre on an edge: ours by its left and upper edges
        } else {
          assertThat(painted[i]).as("%s, pixel %d", place, i).isEqualTo((byte) wanted);
        }
      }
    }
    assertThat(onEdges).isLessThan(expected.length / 200);
  }

  /** Trap 10: x is the first number, and rows go down. */
  @Test
  void labelsAreRowByRowFromTheTopLeft() {
    // A column of tumour through the right cells, and the middle cell.
    TruthPolygons truth =
        new TruthPolygons(
            List.of(square("positive", 900, 200, 200), square("positive", 700, 600, 100)));

    assertThat(RegionLabels.of(truth, 700, 600)).containsExactly(0, 0, 1, 0, 1, 0, 0, 0, 0);
  }

  @Test
  void whatIsNotTumourIsNotCutOutAndAnEdgeCountsIn() {
    TruthPolygons truth =
        new TruthPolygons(
            List.of(square("positive", 600, 500, 100), square("negative", 600, 500, 100)));

    assertThat(RegionLabels.of(truth, 700, 600).get(4)).as("the far corner").isEqualTo(1);
    assertThat(RegionLabels.of(truth, 701, 600).get(4)).isZero();
    assertThat(RegionLabels.of(truth, 650, 550).get(4)).isEqualTo(1);
  }

  private static Annotation square(String group, double x, double y, double side) {
    return new Annotation(
        "a",
        group,
        Rings.polygon(
                List.of(
                    new Coordinate(x, y),
                    new Coordinate(x + side, y),
                    new Coordinate(x + side, y + side),
                    new Coordinate(x, y + side)))
            .orElseThrow());
  }

  private static TruthPolygons outlines(String name) {
    return PolygonJson.read(TestData.file("annotations/ncrf/" + name + ".json"));
  }
}
