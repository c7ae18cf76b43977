// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One training as it is asked for.
 *
 * @param out folder of its files
 * @param overwrite names the folder again when it holds a training or other files
 * @param resume go on from the folder's last checkpoint
 * @param recipe what decides the weights
 * @param cores that compute; they decide the last bits of the sums
 * @param readers threads that read slides
 * @param memoryBytes bound of this process; empty: what the machine has free
 * @param processesHere of this training on this machine, which share its memory
 * @param checkpointEvery how often within an epoch
 */
public record TrainOptions(
    Path out,
    Optional<Path> overwrite,
    boolean resume,
    Recipe recipe,
    int cores,
    int readers,
    OptionalLong memoryBytes,
    int processesHere,
    CheckpointEvery checkpointEvery) {

  /**
   * @throws IllegalArgumentException if a number is out of its range, naming the option
   */
  public TrainOptions {
    Objects.requireNonNull(out);
    Objects.requireNonNull(overwrite);
    Objects.requireNonNull(recipe);
    Objects.requireNonNull(checkpointEvery);
    if (cores < 1) {
      throw new IllegalArgumentException("--threads is " + cores + ", not at least 1");
    }
    if (readers < 1) {
      throw new IllegalArgumentException("--readers is " + readers + ", not at least 1");
    }
    if (resume && overwrite.isPresent()) {
      throw new IllegalArgumentException("--resume and --overwrite exclude each other");
    }
  }

  /** Into a new folder, on all cores of this machine. */
  public static TrainOptions into(Path out, Recipe recipe) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new TrainOptions(
        out,
        Optional.empty(),
        false,
        recipe,
        cores,
        cores,
        OptionalLong.empty(),
        1,
        CheckpointEvery.DEFAULT);
  }

  /** Whether the folder has a checkpoint to go on from. */
  public boolean hasCheckpoint() {
    return TrainFolder.last(out).isPresent();
  }

  /** The same, going on from the last checkpoint. */
  public TrainOptions resumed() {
    return new TrainOptions(
        out,
        Optional.empty(),
        true,
        recipe,
        cores,
        readers,
        memoryBytes,
        processesHere,
        checkpointEvery);
  }
}
