// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a training ended.
 *
 * @param ending why
 * @param model the best weights, {@code model.pt}; there only if an epoch was validated
 * @param bestAccuracy of validation, 0..1; empty if there was none
 * @param bestEpoch from 1; empty likewise
 * @param epochs that have ended, those before a resumption too
 * @param steps in all
 * @param seconds of this process
 */
public record TrainResult(
    Ending ending,
    Path model,
    OptionalDouble bestAccuracy,
    OptionalInt bestEpoch,
    List<EpochResult> epochs,
    long steps,
    double seconds) {

  /** Why a training is over. */
  public enum Ending {
    /** Every epoch is done. */
    DONE,
    /** Validation did not get better for as long as asked. */
    EARLY,
    /** Somebody stopped it; it can be resumed. */
    STOPPED
  }

  public TrainResult {
    epochs = List.copyOf(epochs);
  }
}
