// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far a training is, beside its tensors.
 *
 * @param epoch that is under way, from 1; one more than there are when all are done
 * @param stepsInEpoch done
 * @param steps done in all
 * @param sum of the epoch that is under way
 * @param done epochs that have ended, first to last
 */
public record TrainingState(
    int epoch, int stepsInEpoch, long steps, EpochSum sum, List<EpochResult> done) {
  static final TrainingState START = new TrainingState(1, 0, 0, EpochSum.NONE, List.of());

  public TrainingState {
    done = List.copyOf(done);
  }

  TrainingState afterStep(EpochSum step) {
    return new TrainingState(epoch, stepsInEpoch + 1, steps + 1, sum.plus(step), done);
  }

  TrainingState afterEpoch(EpochResult result) {
    List<EpochResult> more = new ArrayList<>(done);
    more.add(result);
    return new TrainingState(epoch + 1, 0, steps, EpochSum.NONE, more);
  }

  /** The epoch whose weights are {@code model.pt}: the first of the highest accuracy. */
  Optional<EpochResult> best() {
    return done.stream().filter(EpochResult::best).reduce((earlier, later) -> later);
  }

  /** Whether that accuracy is the first, or strictly greater than all before. */
  boolean isBest(OptionalDouble accuracy) {
    double bar = best().map(EpochResult::validAccuracy).orElse(OptionalDouble.empty()).orElse(-1);
    return accuracy.isPresent() && accuracy.getAsDouble() > bar;
  }

  /** Validations since the best one. */
  @JsonIgnore
  int worse() {
    int worse = 0;
    for (EpochResult result : done) {
      worse = result.best() ? 0 : worse + (result.validAccuracy().isPresent() ? 1 : 0);
    }
    return worse;
  }
}
