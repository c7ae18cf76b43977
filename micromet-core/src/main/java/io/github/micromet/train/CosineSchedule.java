// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

/**
 * The learning rate of each epoch: half a cosine from the first rate to zero, as torch's
 * CosineAnnealingLR with T_max = epochs stepped once an epoch.
 *
 * <p>torch computes each rate from the one before, here likewise, so that they are equal to the
 * last bits.
 *
 * @param first the rate of epoch 1
 * @param epochs after which it would be 0
 */
public record CosineSchedule(double first, int epochs) {
  public CosineSchedule {
    if (!(first > 0) || epochs < 1) {
      throw new IllegalArgumentException("a rate of " + first + " over " + epochs + " epochs");
    }
  }

  /**
   * The rate of an epoch.
   *
   * @param epoch from 1 to epochs + 1, at which the rate is 0
   */
  public double rate(int epoch) {
    if (epoch < 1 || epoch > epochs + 1) {
      throw new IllegalArgumentException("epoch " + epoch + " of " + epochs);
    }
    double rate = first;
    for (int done = 1; done < epoch; done++) {
      rate = height(done) / height(done - 1) * rate;
    }
    return rate;
  }

  private double height(int done) {
    return 1 + Math.cos(Math.PI * done / epochs);
  }
}
