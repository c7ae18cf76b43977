// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.util.Arrays;

/**
 * The order in which one process visits the samples of an epoch, as {@code
 * monai.data.DistributedSampler} has it, index for index.
 *
 * @param shuffle a new permutation each epoch, by torch's generator of seed + epoch; otherwise the
 *     order of the file, which is the reference's on one GPU
 * @param evenDivisible all processes get as many samples: the first ones are visited twice where
 *     they do not divide. Otherwise the last processes get one fewer
 * @param seed of the permutations; the reference has 0
 */
public record EpochOrder(boolean shuffle, boolean evenDivisible, long seed) {
  /** As the file has them. */
  public static final EpochOrder OF_FILE = new EpochOrder(false, true, 0);

  /** For validation: as the file has them, none twice. */
  public static final EpochOrder OF_VALIDATION = new EpochOrder(false, false, 0);

  /** For training with several processes: shuffled, the reference's seed. */
  public static final EpochOrder SHUFFLED = new EpochOrder(true, true, 0);

  /**
   * The indices that one process visits.
   *
   * @param samples in the list
   * @param epoch the reference counts from 1
   * @param rank of the process, from 0
   * @param processes in all
   * @throws MicrometException of kind USAGE if there are no samples, or fewer than processes where
   *     none is to be visited twice
   */
  public int[] indices(int samples, int epoch, int rank, int processes) {
    if (rank < 0 || rank >= processes) {
      throw new IllegalArgumentException("rank " + rank + " of " + processes);
    }
    if (samples <= 0 || !evenDivisible && samples < processes) {
      throw new MicrometException(
          ErrorKind.USAGE,
          samples + " samples",
          "are fewer than the " + processes + " processes that share them",
          "Start fewer processes or give more samples.");
    }
    int[] order = shuffle ? new TorchRandom(seed + epoch).permutation(samples) : counted(samples);
    int visits =
        evenDivisible ? (int) (((long) samples + processes - 1) / processes * processes) : samples;
    int[] own = new int[(visits - rank + processes - 1) / processes];
    for (int i = 0; i < own.length; i++) {
      own[i] = order[(rank + i * processes) % samples];
    }
    return own;
  }

  private static int[] counted(int samples) {
    int[] order = new int[samples];
    Arrays.setAll(order, i -> i);
    return order;
  }
}
