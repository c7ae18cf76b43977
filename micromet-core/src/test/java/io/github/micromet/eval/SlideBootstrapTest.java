// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.GoldenJson;
import io.github.micromet.eval.SlideBootstrap.Comparison;
import io.github.micromet.eval.stat.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlideBootstrapTest {
  private static final List<Double> RATES = List.of(0.25, 0.5, 1.0, 2.0, 4.0, 8.0);
  private static final double ROUNDING = 1e-12;
  // Of 10,000 draws each; the scores of six slides take few values, so the ends move in steps.
  private static final double MONTE_CARLO = 0.03;

  private final JsonNode golden = GoldenJson.read("froc/bootstrap.json");

  @Test
  void theSameDrawsScoredByMonaiGiveTheSameInterval() {
    Interval interval =
        SlideBootstrap.interval(
            slides("a"),
            RATES,
            golden.get("draws").intValue(),
            golden.get("seed").longValue(),
            0.95);

    assertThat(interval.low()).isCloseTo(at("interval", 0), within(ROUNDING));
    assertThat(interval.high()).isCloseTo(at("interval", 1), within(ROUNDING));
  }

  @Test
  void scipysOwnDrawsGiveTheSameIntervalWithinTheirNoise() {
    List<SlideCount> all = slides("a");
    List<SlideCount> some = new ArrayList<>();
    golden.get("scipy").get("slides").forEach(i -> some.add(all.get(i.intValue())));

    Interval interval = SlideBootstrap.interval(some, RATES, 10_000, 3, 0.95);

    JsonNode scipy = golden.get("scipy").get("interval");
    assertThat(interval.low()).isCloseTo(scipy.get(0).doubleValue(), within(MONTE_CARLO));
    assertThat(interval.high()).isCloseTo(scipy.get(1).doubleValue(), within(MONTE_CARLO));
  }

  @Test
  void pairedDrawsScoredByMonaiGiveTheSameComparison() {
    Comparison comparison =
        SlideBootstrap.compare(
            slides("a"),
            slides("b"),
            RATES,
            golden.get("draws").intValue(),
            golden.get("seed").longValue(),
            0.95);

    assertThat(comparison.scoreA()).isEqualTo(golden.get("score").doubleValue());
    assertThat(comparison.scoreB()).isEqualTo(golden.get("scoreB").doubleValue());
    assertThat(comparison.interval().low()).isCloseTo(at("difference", 0), within(ROUNDING));
    assertThat(comparison.interval().high()).isCloseTo(at("difference", 1), within(ROUNDING));
    assertThat(comparison.p()).isCloseTo(golden.get("p").doubleValue(), within(ROUNDING));
    assertThat(comparison.smallest())
        .isCloseTo(golden.get("smallest").doubleValue(), within(ROUNDING));
  }

  @Test
  void twoSlidesOfWhichOneIsFoundHaveTheBinomialsInterval() {
    // Samples of two: both found 1/4, one 1/2, none 1/4; so 0 and 1 are the 2.5 % and 97.5 % ends.
    List<SlideCount> slides =
        List.of(
            FrocTest.count(new double[0], new double[] {0.9, 0}),
            FrocTest.count(new double[0], new double[] {0, 0}));
    Interval interval = SlideBootstrap.interval(slides, RATES, 2000, 1, 0.95);
    assertThat(interval.low()).isZero();
    assertThat(interval.high()).isEqualTo(0.5);
    assertThat(interval).isEqualTo(SlideBootstrap.interval(slides, RATES, 2000, 1, 0.95));
    SlideBootstrap.Spread both =
        SlideBootstrap.spread(slides, RATES, List.of(0.5, 3.0), 2000, 1, 0.95);
    assertThat(both.score()).isEqualTo(interval);
    assertThat(both.band())
        .isEqualTo(SlideBootstrap.band(slides, List.of(0.5, 3.0), 2000, 1, 0.95));
  }

  @Test
  void aSystemComparedWithItselfDiffersByNothing() {
    Comparison comparison = SlideBootstrap.compare(slides("a"), slides("a"), RATES, 200, 1, 0.95);
    assertThat(comparison.difference()).isZero();
    assertThat(comparison.interval().low()).isZero();
    assertThat(comparison.p()).isEqualTo(1);
    assertThat(comparison.smallest()).isZero();
  }

  @Test
  void otherSlidesAreNotCompared() {
    List<SlideCount> a = slides("a");
    assertThatThrownBy(() -> SlideBootstrap.compare(a, a.subList(0, 9), RATES, 10, 1, 0.95))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private double at(String name, int i) {
    return golden.get(name).get(i).doubleValue();
  }

  private List<SlideCount> slides(String name) {
    List<SlideCount> slides = new ArrayList<>();
    for (JsonNode slide : golden.get(name)) {
      slides.add(
          FrocTest.count(
              doubles(slide.get("fp")), doubles(slide.get("tp")), slide.get("targets").intValue()));
    }
    return slides;
  }

  private static double[] doubles(JsonNode node) {
    double[] values = new double[node.size()];
    Arrays.setAll(values, i -> node.get(i).doubleValue());
    return values;
  }
}
