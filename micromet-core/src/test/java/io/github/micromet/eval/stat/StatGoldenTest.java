// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same numbers as scikit-learn, scipy, and DeLong's definition. */
class StatGoldenTest {
  // Sums of hundreds of doubles in another order.
  private static final double TIGHT = 1e-12;

  private static List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    new ObjectMapper().readTree(Files.readString(Golden.file("stat/" + file))).forEach(lines::add);
    return lines;
  }

  static Stream<JsonNode> cases() throws IOException {
    return lines("cases.json").stream();
  }

  /** scores: two models; truth: one a case. */
  private record Cohort(double[] first, double[] second, boolean[] truth) {
    static Cohort of(JsonNode golden) {
      double[] all = Golden.doubles(Golden.file("stat/" + golden.get("name").asText() + ".npy"));
      int n = all.length / 3;
      boolean[] truth = new boolean[n];
      for (int i = 0; i < n; i++) {
        truth[i] = all[2 * n + i] == 1;
      }
      return new Cohort(Arrays.copyOfRange(all, 0, n), Arrays.copyOfRange(all, n, 2 * n), truth);
    }

    double[] probabilities() {
      return Arrays.stream(first).map(x -> 1 / (1 + Math.exp(-x))).toArray();
    }
  }

  private static double number(JsonNode golden, String name) {
    return golden.get(name).asDouble();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areaVarianceAndIntervalEqualTheDefinition(JsonNode golden) {
    Cohort cohort = Cohort.of(golden);

    Roc roc = Roc.of(cohort.first(), cohort.truth(), 0.95);

    assertThat(roc.auc()).isEqualTo(number(golden, "auc"), within(TIGHT));
    assertThat(roc.variance()).isEqualTo(number(golden, "variance"), within(TIGHT));
    assertThat(roc.interval().low())
        .isEqualTo(golden.get("interval").get(0).asDouble(), within(TIGHT));
    assertThat(roc.interval().high())
        .isEqualTo(golden.get("interval").get(1).asDouble(), within(TIGHT));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyPointOfTheCurveEqualsScikitLearns(JsonNode golden) {
    Cohort cohort = Cohort.of(golden);
    double[] curve =
        Golden.doubles(Golden.file("stat/" + golden.get("name").asText() + "-roc.npy"));
    int n = curve.length / 3;

    List<Roc.Point> points = Roc.of(cohort.first(), cohort.truth(), 0.95).points();

    assertThat(points).hasSize(n);
    for (int i = 0; i < n; i++) {
      assertThat(points.get(i)).isEqualTo(new Roc.Point(curve[i], curve[n + i], curve[2 * n + i]));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void twoModelsDifferAsTheDefinitionSays(JsonNode golden) {
    Cohort cohort = Cohort.of(golden);

    RocDifference difference =
        RocDifference.of(cohort.first(), cohort.second(), cohort.truth(), 0.95);

    assertThat(difference.second()).isEqualTo(number(golden, "other"), within(TIGHT));
    assertThat(difference.variance())
        .isEqualTo(number(golden, "differenceVariance"), within(TIGHT));
    assertThat(difference.z()).isEqualTo(number(golden, "z"), within(1e-9));
    assertThat(difference.p()).isEqualTo(number(golden, "p"), within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reliabilityEqualsScikitLearns(JsonNode golden) {
    Cohort cohort = Cohort.of(golden);
    double[] p = cohort.probabilities();

    Reliability wide = Reliability.equalWidth(p, cohort.truth(), 10);
    Reliability even = Reliability.equalCount(p, cohort.truth(), 8);

    assertThat(wide.brier()).isEqualTo(number(golden, "brier"), within(TIGHT));
    same(wide, golden.get("uniform"));
    same(even, golden.get("quantile"));
  }

  private static void same(Reliability found, JsonNode golden) {
    assertThat(found.bins()).hasSize(golden.get("said").size());
    for (int i = 0; i < found.bins().size(); i++) {
      Reliability.Bin bin = found.bins().get(i);
      assertThat(bin.said()).isEqualTo(golden.get("said").get(i).asDouble(), within(TIGHT));
      assertThat(bin.came()).isEqualTo(golden.get("came").get(i).asDouble(), within(TIGHT));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theTemperatureIsTheRootThatScipyFinds(JsonNode golden) {
    Cohort cohort = Cohort.of(golden);

    Temperature found = Temperature.fit(cohort.first(), cohort.truth());

    assertThat(found.lossBefore()).isEqualTo(number(golden, "loss"), within(TIGHT));
    if (golden.has("temperature")) {
      // The slope's rounding, over its steepness there.
      assertThat(found.value()).isEqualTo(number(golden, "temperature"), within(1e-9));
      assertThat(found.lossAfter()).isEqualTo(number(golden, "lossAfter"), within(TIGHT));
      assertThat(found.bounded()).isFalse();
    } else {
      assertThat(found.bounded()).isTrue();
      assertThat(found.value()).isEqualTo(Temperature.HIGHEST);
    }
  }

  @Test
  void wilsonEqualsScipys() throws IOException {
    for (JsonNode golden : lines("wilson.json")) {
      Interval interval =
          Proportion.of(
                  golden.get("hits").asLong(),
                  golden.get("total").asLong(),
                  number(golden, "confidence"))
              .interval();
      assertThat(interval.low()).isEqualTo(number(golden, "low"), within(TIGHT));
      assertThat(interval.high()).isEqualTo(number(golden, "high"), within(TIGHT));
    }
  }

  @Test
  void theNormalDistributionIsRightFarIntoItsTails() {
    double[] cdf = Golden.doubles(Golden.file("stat/normal.npy"));
    double[] quantile = Golden.doubles(Golden.file("stat/quantile.npy"));
    int n = cdf.length / 2;
    for (int i = 0; i < n; i++) {
      assertThat(Normal.cdf(cdf[i]) / cdf[n + i]).isEqualTo(1, within(1e-12));
    }
    int m = quantile.length / 2;
    for (int i = 0; i < m; i++) {
      // Near 1 the value 1 - p itself is rounded.
      double tolerance = quantile[i] > 0.999 ? 1e-7 : 1e-11;
      assertThat(Normal.quantile(quantile[i])).isEqualTo(quantile[m + i], within(tolerance));
    }
  }
}
