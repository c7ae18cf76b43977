// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

/**
 * What the steps of an epoch add up to so far, over all processes.
 *
 * @param loss the sum over patches
 * @param correct patches whose probability was on the label's side
 * @param patches seen
 */
public record EpochSum(double loss, long correct, long patches) {
  static final EpochSum NONE = new EpochSum(0, 0, 0);

  EpochSum plus(EpochSum more) {
    return new EpochSum(loss + more.loss, correct + more.correct, patches + more.patches);
  }

  double meanLoss() {
    return loss / patches;
  }

  double accuracy() {
    return (double) correct / patches;
  }
}
