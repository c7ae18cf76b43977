// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval.stat;

import java.util.Objects;

/**
 * A share of a count, e.g. an accuracy, with Wilson's score interval, which stays inside 0 to 1 and
 * keeps its width at 0 and at 1 (Wilson 1927).
 *
 * @param hits 0 to total
 * @param total how many there are
 * @param value hits / total; NaN if there are none
 * @param interval Wilson's; NaN ends if there are none
 */
public record Proportion(long hits, long total, double value, Interval interval) {
  public Proportion {
    Objects.requireNonNull(interval);
  }

  /**
   * @throws IllegalArgumentException unless 0 <= hits <= total and 0 < confidence < 1
   */
  public static Proportion of(long hits, long total, double confidence) {
    if (hits < 0 || hits > total) {
      throw new IllegalArgumentException("a share of " + total + " is not " + hits);
    }
    if (total == 0) {
      return new Proportion(0, 0, Double.NaN, new Interval(Double.NaN, Double.NaN, confidence));
    }
    double z = Normal.twoSidedQuantile(confidence);
    double n = total;
    double share = hits / n;
    double scale = 1 + z * z / n;
    double middle = (share + z * z / (2 * n)) / scale;
    double half = z / scale * Math.sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    // At 0 and at n the formula ends there exactly; rounding must not put it beside.
    double low = hits == 0 ? 0 : middle - half;
    double high = hits == total ? 1 : middle + half;
    return new Proportion(hits, total, share, new Interval(low, high, confidence));
  }
}
