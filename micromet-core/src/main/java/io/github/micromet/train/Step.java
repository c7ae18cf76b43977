// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.net.TrainableNet;
import io.github.micromet.net.TrainableNet.Mode;
import io.github.micromet.net.weights.StateDict;
import io.github.micromet.train.sample.TrainingBatch;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * One step of a training: forward and backward over its batches, then one change of the weights.
 *
 * <p>Threads: one, and all processes of a training at the same step.
 */
final class Step {
  private final TrainableNet net;
  private final Novograd optimiser;
  private final Together together;
  private final boolean freezeBatchNorm;
  private final BooleanSupplier stop;

  /**
   * @param stop asked between two batches and at the end
   */
  Step(
      TrainableNet net,
      Novograd optimiser,
      Together together,
      boolean freezeBatchNorm,
      BooleanSupplier stop) {
    this.net = net;
    this.optimiser = optimiser;
    this.together = together;
    this.freezeBatchNorm = freezeBatchNorm;
    this.stop = stop;
  }

  /** Where a step's batches come from; it closes them. */
  interface Batches {
    /**
     * @param number from 0
     */
    TrainingBatch get(int number) throws InterruptedException;
  }

  /** What a step adds, over all processes, and whether any of them was told to stop. */
  record Sum(EpochSum sum, boolean stop) {}

  /**
   * Takes the step; empty if any process was told to stop between two batches: then weights and
   * statistics are as they were before.
   *
   * @param batches as many in each process
   * @param patches in all batches of this process
   * @throws io.github.micromet.error.MicrometException of kind USAGE if the loss or a weight is not
   *     finite
   */
  Optional<Sum> take(int batches, int patches, Batches from, double rate, Diverged place)
      throws InterruptedException {
    net.clearGradients();
    Optional<StateDict> before =
        batches > 1 && !freezeBatchNorm ? Optional.of(net.statistics()) : Optional.empty();
    EpochSum own = EpochSum.NONE;
    for (int number = 0; number < batches; number++) {
      if (number > 0 && together.any(stop.getAsBoolean())) {
        before.ifPresent(net::restore);
        return Optional.empty();
      }
      try (TrainingBatch batch = from.get(number)) {
        own = own.plus(gradients(batch, patches));
      }
    }
    double[] all =
        together.sum(own.loss(), own.correct(), own.patches(), stop.getAsBoolean() ? 1 : 0);
    if (!Double.isFinite(all[0])) {
      throw place.loss(!Double.isFinite(own.loss()));
    }
    together.averageGradients();
    optimiser.step(rate);
    place.check(net.parameters());
    return Optional.of(new Sum(new EpochSum(all[0], (long) all[1], (long) all[2]), all[3] > 0));
  }

  /** Adds a batch's gradients to the step's. */
  private EpochSum gradients(TrainingBatch batch, int patchesInStep) {
    int patches = batch.labels().length;
    if (!freezeBatchNorm) {
      together.shareStatistics();
    }
    try (PointerScope scope = new PointerScope()) {
      Mode mode = freezeBatchNorm ? Mode.TRAINING_FROZEN_NORM : Mode.TRAINING;
      Tensor logits = net.forward(batch.pixels(), mode);
      Tensor loss = Loss.of(logits, batch.labels());
      // The step's loss is the mean over its patches, whatever batches it comes in.
      (patches == patchesInStep ? loss : loss.mul(new Scalar((double) patches / patchesInStep)))
          .backward();
      return new EpochSum(
          loss.item_double() * patches, Accuracy.count(logits, batch.labels()), patches);
    }
  }
}
