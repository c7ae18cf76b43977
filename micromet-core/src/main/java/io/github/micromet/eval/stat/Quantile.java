// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval.stat;

/** Percentiles by straight lines between order statistics, as numpy's. Threads: stateless. */
public final class Quantile {
  private Quantile() {}

  /**
   * @param sorted ascending
   * @param share 0 to 1
   * @return NaN of nothing
   */
  public static double of(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = Math.min(share, 1) * (sorted.length - 1);
    int below = (int) at;
    double next = sorted[Math.min(below + 1, sorted.length - 1)];
    return sorted[below] + (at - below) * (next - sorted[below]);
  }
}
