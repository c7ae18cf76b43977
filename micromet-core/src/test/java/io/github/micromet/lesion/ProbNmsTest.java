// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.lesion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.Golden;
import io.github.micromet.GoldenJson;
import io.github.micromet.error.MicrometException;
import io.github.micromet.grid.Grid;
import io.github.micromet.map.NpyFile;
import io.github.micromet.map.ProbabilityMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbNmsTest {
  @Test
  void detectionsAreMonais() {
    int compared = 0;
    for (JsonNode c : GoldenJson.read("nms/cases.json")) {
      if (!c.get("box").isInt()) {
        continue; // boxes are square here
      }
      NpyFile.Content golden = NpyFile.read(Golden.file(c.get("map").textValue()));
      double[] values = golden.values();
      if (c.get("sigma").doubleValue() != 0) {
        // All that MONAI's filter does to a two-dimensional map is to make it float32.
        Arrays.setAll(values, i -> (float) values[i]);
      }
      ProbabilityMap map = golden.on(new Grid(golden.rows(), golden.columns(), 64));

      List<Detection> found =
          ProbNms.detect(map, c.get("threshold").doubleValue(), c.get("box").intValue(), 6);

      List<List<Number>> expected = new ArrayList<>();
      for (JsonNode e : c.get("expected")) {
        double probability = e.get(0).doubleValue();
        expected.add(List.of(probability, e.get(1).intValue(), e.get(2).intValue()));
      }
      assertThat(found)
          .as("%s box %s", c.get("map"), c.get("box"))
          .extracting(d -> List.<Number>of(d.probability(), d.row(), d.column()))
          .containsExactlyElementsOf(expected);
      compared++;
    }
    assertThat(compared).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobs-jpeg", "c17-region-7-levels", "cmu-1-7-levels"})
  void detectionsOfAWholeMapAreMonais(String slide) {
    NpyFile.Content golden = NpyFile.read(Golden.file("map/" + slide + ".npy"));
    ProbabilityMap map = golden.on(new Grid(golden.rows(), golden.columns(), 64));

    List<List<Number>> expected = new ArrayList<>();
    for (JsonNode e : GoldenJson.read("map/" + slide + ".detections.json")) {
      expected.add(List.of(e.get(0).doubleValue(), e.get(1).longValue(), e.get(2).longValue()));
    }
    assertThat(ProbNms.detect(map, 0.5, 48, 6))
        .extracting(d -> List.<Number>of(d.probability(), d.yRef(), d.xRef()))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void theBoxReachesOneFurtherUpAndLeftThanDownAndRight() {
    Grid grid = new Grid(100, 100, 64);
    ProbabilityMap map = new ProbabilityMap(grid);
    map.set(50, 50, 0.9);
    map.set(50, 73, 0.8); // 23 to the right: emptied
    map.set(50, 74, 0.7); // 24: kept
    map.set(50, 26, 0.6); // 24 to the left: emptied
    map.set(25, 50, 0.55); // 25 up: kept

    assertThat(ProbNms.detect(map, 0.5, 48, 6))
        .extracting(d -> List.of(d.row(), d.column()))
        .containsExactly(List.of(50, 50), List.of(50, 74), List.of(25, 50));
  }

  @Test
  void ofTwoEqualMaximaTheSmallerRowComesFirstAndTheThresholdIsStrict() {
    ProbabilityMap map = new ProbabilityMap(new Grid(100, 100, 64));
    map.set(80, 3, 0.75);
    map.set(10, 90, 0.75);
    map.set(50, 50, 0.5);

    assertThat(ProbNms.detect(map, 0.5, 48, 6))
        .extracting(Detection::row, Detection::column)
        .containsExactly(tuple(10, 90), tuple(80, 3));
  }

  @Test
  void coordinatesAreTheSlidesOwnBesideTheReferences() {
    ProbabilityMap map = new ProbabilityMap(new Grid(46, 34, 64.89705882352942));
    map.set(10, 20, 1);

    Detection found = ProbNms.detect(map, 0.5, 48, 6).get(0);

    assertThat(found.yRef()).isEqualTo(672);
    assertThat(found.xRef()).isEqualTo(1312);
    assertThat(found.y0()).isEqualTo(10.5 * 64.89705882352942);
    assertThat(found.x0()).isEqualTo(20.5 * 64.89705882352942);
  }

  @Test
  void levelZeroTruncatesTheHalf() {
    ProbabilityMap map = new ProbabilityMap(new Grid(5, 5, 1));
    map.set(3, 4, 1);
    Detection found = ProbNms.detect(map, 0.5, 48, 0).get(0);
    assertThat(found.yRef()).isEqualTo(3);
    assertThat(found.xRef()).isEqualTo(4);
  }

  @Test
  void sortingFindsWhatLookingThroughTheMapEachTimeFinds() {
    SplittableRandom random = new SplittableRandom(20);
    for (int round = 0; round < 200; round++) {
      Grid grid = new Grid(1 + random.nextInt(60), 1 + random.nextInt(60), 64);
      int steps = 1 + random.nextInt(12); // few values, so many ties
      ProbabilityMap map = new ProbabilityMap(grid);
      for (int at = 0; at < grid.cells(); at++) {
        map.set(
            at / grid.columns(), at % grid.columns(), random.nextInt(steps + 1) / (double) steps);
      }
      int box = 1 + random.nextInt(20);
      double threshold = random.nextInt(4) / 4.0;

      assertThat(ProbNms.detect(map, threshold, box, 6))
          .as("round %d", round)
          .extracting(d -> grid.index(d.row(), d.column()))
          .isEqualTo(naive(map, threshold, box));
    }
  }

  @Test
  void aMapWithNaNIsRefused() {
    ProbabilityMap map = new ProbabilityMap(new Grid(5, 5, 1));
    map.set(0, 0, Double.NaN);
    assertThatThrownBy(() -> ProbNms.detect(map, 0.5, 48, 0))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("NaN");
  }

  private static List<Integer> naive(ProbabilityMap map, double threshold, int box) {
    Grid grid = map.grid();
    double[] values = map.toArray();
    List<Integer> found = new ArrayList<>();
    while (true) {
      int best = 0;
      for (int at = 1; at < values.length; at++) {
        best = values[at] > values[best] ? at : best;
      }
      if (!(values[best] > threshold)) {
        return found;
      }
      found.add(best);
      int row = best / grid.columns();
      int column = best % grid.columns();
      for (int at = 0; at < values.length; at++) {
        int down = at / grid.columns() - row;
        int right = at % grid.columns() - column;
        boolean inside = down >= -(box / 2) && down < box - box / 2;
        if (inside && right >= -(box / 2) && right < box - box / 2) {
          values[at] = 0;
        }
      }
    }
  }
}
