// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.net.Precision;
import io.github.micromet.net.TrainableNet;
import io.github.micromet.train.augment.AugmentOptions;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What decides the weights that come out.
 *
 * @param epochs over the whole training list
 * @param batch regions that the network sees at once, in each process
 * @param accumulate batches whose gradients make one step
 * @param learningRate of the first epoch; half a cosine leads it to 0
 * @param seed of the first weights and of what is drawn for each patch
 * @param validInterval epochs from one validation to the next; the last epoch is always validated
 * @param precision of the convolutions
 * @param freezeBatchNorm normalise by the running statistics and leave them as they are
 * @param augmentation empty: patches as they are
 * @param order of the regions; empty: the reference's, the file's in one process and shuffled in
 *     several
 * @param earlyStop validations without a better one, after which training ends
 * @param init weights to start from; empty: drawn from the seed
 * @param normMomentum how far a batch moves BatchNorm's running statistics; the reference's is
 *     PyTorch's 0.1, too slow for a training of few steps
 * @param recalibrate batches of the epoch's own, unaltered, in each process, over which the running
 *     statistics are set anew as the plain mean at an epoch's end, as
 *     torch.optim.swa_utils.update_bn does; 0: never, as the reference
 */
public record Recipe(
    int epochs,
    int batch,
    int accumulate,
    double learningRate,
    long seed,
    int validInterval,
    Precision precision,
    boolean freezeBatchNorm,
    Optional<AugmentOptions> augmentation,
    Optional<Order> order,
    OptionalInt earlyStop,
    Optional<Path> init,
    double normMomentum,
    int recalibrate) {

  /** The order in which an epoch visits the regions. */
  public enum Order {
    /** As the list has them. */
    FILE,
    /** Another permutation each epoch. */
    SHUFFLED
  }

  /** MONAI's pathology tumor detection bundle: configs/train.json, with AUTO for its AMP. */
  public static final Recipe REFERENCE =
      new Recipe(
          4,
          128,
          1,
          1e-3,
          15,
          1,
          Precision.AUTO,
          false,
          Optional.of(AugmentOptions.REFERENCE),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          TrainableNet.NORM_MOMENTUM,
          0);

  /**
   * @throws IllegalArgumentException if a number is out of its range, naming the option
   */
  public Recipe {
    Objects.requireNonNull(precision);
    Objects.requireNonNull(augmentation);
    Objects.requireNonNull(order);
    Objects.requireNonNull(init);
    atLeastOne("--epochs", epochs);
    atLeastOne("--batch", batch);
    atLeastOne("--accumulate", accumulate);
    atLeastOne("--val-interval", validInterval);
    atLeastOne("--early-stop", earlyStop.orElse(1));
    if (!(learningRate > 0 && learningRate <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "--lr is " + learningRate + ", not above 0 and at most " + Float.MAX_VALUE);
    }
    if (!(normMomentum > 0 && normMomentum <= 1)) {
      throw new IllegalArgumentException(
          "--norm-momentum is " + normMomentum + ", not above 0 and at most 1");
    }
    if (recalibrate < 0) {
      throw new IllegalArgumentException("--recalibrate is " + recalibrate + ", not at least 0");
    }
    if (freezeBatchNorm && recalibrate > 0) {
      throw new IllegalArgumentException("--freeze-batchnorm and --recalibrate exclude each other");
    }
  }

  private static void atLeastOne(String option, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(option + " is " + number + ", not at least 1");
    }
  }

  /** The same in other steps: {@code batch} regions at once, {@code accumulate} times. */
  public Recipe withBatch(int other, int parts) {
    return new Recipe(
        epochs,
        other,
        parts,
        learningRate,
        seed,
        validInterval,
        precision,
        freezeBatchNorm,
        augmentation,
        order,
        earlyStop,
        init,
        normMomentum,
        recalibrate);
  }

  /** The same for so many epochs at that first rate. */
  public Recipe withEpochs(int other, double rate) {
    return new Recipe(
        other,
        batch,
        accumulate,
        rate,
        seed,
        validInterval,
        precision,
        freezeBatchNorm,
        augmentation,
        order,
        earlyStop,
        init,
        normMomentum,
        recalibrate);
  }

  /** The same with another seed. */
  public Recipe withSeed(long other) {
    return new Recipe(
        epochs,
        batch,
        accumulate,
        learningRate,
        other,
        validInterval,
        precision,
        freezeBatchNorm,
        augmentation,
        order,
        earlyStop,
        init,
        normMomentum,
        recalibrate);
  }

  /** The same in that order. */
  public Recipe withOrder(Order other) {
    return new Recipe(
        epochs,
        batch,
        accumulate,
        learningRate,
        seed,
        validInterval,
        precision,
        freezeBatchNorm,
        augmentation,
        Optional.of(other),
        earlyStop,
        init,
        normMomentum,
        recalibrate);
  }

  /** The same with other alterations, or none. */
  public Recipe withAugmentation(Optional<AugmentOptions> other) {
    return new Recipe(
        epochs,
        batch,
        accumulate,
        learningRate,
        seed,
        validInterval,
        precision,
        freezeBatchNorm,
        other,
        order,
        earlyStop,
        init,
        normMomentum,
        recalibrate);
  }

  /** The same with BatchNorm's running statistics made otherwise: for trainings of few steps. */
  public Recipe withNorm(double momentum, int recalibrated) {
    return new Recipe(
        epochs,
        batch,
        accumulate,
        learningRate,
        seed,
        validInterval,
        precision,
        freezeBatchNorm,
        augmentation,
        order,
        earlyStop,
        init,
        momentum,
        recalibrated);
  }
}
