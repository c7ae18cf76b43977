// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RocTest {
  private static final boolean[] TRUTH = {false, true, false, true};

  @Test
  void equalScoresEverywhereAreAnAreaOfAHalf() {
    Roc roc = Roc.of(new double[] {1, 1, 1, 1}, TRUTH, 0.95);

    assertThat(roc.auc()).isEqualTo(0.5);
    assertThat(roc.points()).hasSize(2);
  }

  @Test
  void withoutAnErrorThereIsNoIntervalRatherThanOneOfNoWidth() {
    Roc roc = Roc.of(new double[] {0.1, 0.8, 0.2, 0.9}, TRUTH, 0.95);

    assertThat(roc.auc()).isEqualTo(1);
    assertThat(roc.interval().low()).isNaN();
  }

  @Test
  void equalScoresSayNothingAboutOtherCases() {
    Roc roc = Roc.of(new double[] {1, 1, 1, 1}, TRUTH, 0.95);

    assertThat(roc.interval().low()).isNaN();
  }

  @Test
  void aDifferenceWithoutVarianceIsNoCertainty() {
    double[] parted = {0.1, 0.8, 0.2, 0.9};

    RocDifference difference = RocDifference.of(parted, new double[4], TRUTH, 0.95);

    assertThat(difference.difference()).isEqualTo(0.5);
    assertThat(difference.z()).isNaN();
    assertThat(difference.p()).isNaN();
    assertThat(difference.interval().low()).isNaN();
    RocDifference bothPart =
        RocDifference.of(parted, new double[] {0.2, 0.9, 0.1, 0.8}, TRUTH, 0.95);
    assertThat(bothPart.difference()).isZero();
    assertThat(bothPart.p()).as("no errors, but another order").isNaN();
  }

  @Test
  void oneClassOnlyHasNoArea() {
    Roc roc = Roc.of(new double[] {0.1, 0.8}, new boolean[] {true, true}, 0.95);

    assertThat(roc.auc()).isNaN();
    assertThat(roc.variance()).isNaN();
    assertThat(roc.points().get(1).falsePositiveRate()).isNaN();
  }

  @Test
  void onePositiveHasAnAreaButNoInterval() {
    Roc roc = Roc.of(new double[] {0.1, 0.5, 0.7}, new boolean[] {false, true, false}, 0.95);

    assertThat(roc.auc()).isEqualTo(0.5);
    assertThat(roc.interval().low()).isNaN();
  }

  @Test
  void aScoreThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> Roc.of(new double[] {Double.NaN, 1, 2, 3}, TRUTH, 0.95))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aModelDoesNotDifferFromItself() {
    double[] scores = {0.1, 0.4, 0.35, 0.8};

    RocDifference same = RocDifference.of(scores, scores, TRUTH, 0.95);

    assertThat(same.difference()).isZero();
    assertThat(same.p()).isEqualTo(1);
    assertThat(same.interval().holds(0)).isTrue();
  }

  @Test
  void zeroOfZeroIsNoProportion() {
    assertThat(Proportion.of(0, 0, 0.95).value()).isNaN();
    assertThat(Proportion.of(0, 5, 0.95).interval().low()).isZero();
    assertThat(Proportion.of(5, 5, 0.95).interval().high()).isEqualTo(1);
  }

  @Test
  void aTemperatureLeavesAHalfWhereItIs() {
    Temperature hot = new Temperature(3.7, false, 1, 1);

    assertThat(hot.probability(0)).isEqualTo(0.5);
    assertThat(hot.probability(3.7)).isEqualTo(1 / (1 + Math.exp(-1)), within(1e-15));
  }

  @Test
  void classesPartedWithoutErrorStopAtTheLowestTemperature() {
    Temperature cold =
        Temperature.fit(new double[] {-1, 2, -3, 4}, new boolean[] {false, true, false, true});

    assertThat(cold.bounded()).isTrue();
    assertThat(cold.value()).isEqualTo(Temperature.LOWEST);
    assertThatThrownBy(() -> Temperature.fit(new double[] {1, 2}, new boolean[] {true, true}))
        .hasMessageContaining("both classes");
  }

  @Test
  void aProbabilityOnAnEdgeBelongsToTheLowerBin() {
    Reliability bins =
        Reliability.equalWidth(new double[] {0, 0.5, 1}, new boolean[] {false, true, true}, 2);

    assertThat(bins.bins()).extracting(Reliability.Bin::count).containsExactly(2L, 1L);
    assertThat(bins.ece()).isEqualTo(0.5 / 3, within(1e-15));
  }
}
