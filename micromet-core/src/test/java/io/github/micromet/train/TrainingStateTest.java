// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TrainingStateTest {
  @Test
  void theFirstAccuracyIsBestAndThenOnlyAGreaterOne() {
    TrainingState state = after(TrainingState.START, 0.0);
    assertThat(state.best()).map(EpochResult::epoch).contains(1);
    assertThat(state.isBest(OptionalDouble.of(0.0))).isFalse();
    assertThat(state.isBest(OptionalDouble.of(Double.MIN_VALUE))).isTrue();
    assertThat(state.isBest(OptionalDouble.empty())).isFalse();

    state = after(after(state, 0.75), 0.75);

    assertThat(state.best()).map(EpochResult::epoch).contains(2);
  }

  @Test
  void anEpochWithoutValidationIsNeitherBetterNorWorse() {
    TrainingState state = after(after(TrainingState.START, 0.75), 0.5);
    assertThat(state.worse()).isEqualTo(1);

    EpochResult unseen = result(state.epoch(), OptionalDouble.empty(), false);
    state = after(state.afterEpoch(unseen), 0.75);

    assertThat(state.worse()).isEqualTo(2);
    assertThat(after(state, 0.8).worse()).isZero();
  }

  private static TrainingState after(TrainingState state, double accuracy) {
    OptionalDouble valid = OptionalDouble.of(accuracy);
    return state.afterEpoch(result(state.epoch(), valid, state.isBest(valid)));
  }

  private static EpochResult result(int epoch, OptionalDouble accuracy, boolean best) {
    return new EpochResult(epoch, 0.7, 0.5, accuracy, best, 1e-3, 4, 1, 1);
  }
}
