// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.net.TrainableNet;
import io.github.micromet.train.TrainResult.Ending;
import io.github.micromet.train.sample.TrainingBatch;

/**
 * Keeps what a training leaves. Only rank 0 writes.
 *
 * <p>Threads: one at a time.
 */
interface Keeper extends AutoCloseable {
  /** That of the other ranks. */
  Keeper NOBODY =
      new Keeper() {
        @Override
        public void samples(TrainingBatch first) {}

        @Override
        public void step(TrainingState state, double loss) {}

        @Override
        public boolean isDue() {
          return false;
        }

        @Override
        public void save(TrainableNet net, Novograd optimiser, TrainingState state) {}

        @Override
        public void endEpoch(
            TrainableNet net, Novograd optimiser, TrainingState state, EpochResult result) {}

        @Override
        public void end(Ending ending, TrainingState state) {}

        @Override
        public void failed(TrainingState state) {}

        @Override
        public void close() {}
      };

  /** Some patches of the first batch, as the network sees them. */
  void samples(TrainingBatch first);

  /** A step has ended, and the state is that after it. */
  void step(TrainingState state, double loss);

  /** Whether the last checkpoint is old enough for another. */
  boolean isDue();

  /** Writes the last checkpoint. */
  void save(TrainableNet net, Novograd optimiser, TrainingState state);

  /** Writes the best weights if these are, then the last checkpoint, and all that people read. */
  void endEpoch(TrainableNet net, Novograd optimiser, TrainingState state, EpochResult result);

  /** The training is over. */
  void end(Ending ending, TrainingState state);

  /** The training is over by a failure. */
  void failed(TrainingState state);

  @Override
  void close();
}
