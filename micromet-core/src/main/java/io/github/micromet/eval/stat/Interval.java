// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval.stat;

/**
 * A confidence interval.
 *
 * @param low lower end; NaN if it cannot be given
 * @param high upper end; NaN if it cannot be given
 * @param confidence e.g. 0.95
 */
public record Interval(double low, double high, double confidence) {
  public Interval {
    if (low > high || !(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("an interval has low <= high and 0 < confidence < 1");
    }
  }

  /** Whether a value lies in it, ends included. */
  public boolean holds(double value) {
    return low <= value && value <= high;
  }
}
