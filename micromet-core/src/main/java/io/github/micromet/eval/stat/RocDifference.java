// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval.stat;

import java.util.Arrays;
import java.util.Objects;

/**
 * Two scores of the same cases, compared by DeLong's paired test.
 *
 * @param first area of the first
 * @param second area of the second
 * @param difference first - second
 * @param variance of the difference; NaN if a class has fewer than two cases
 * @param z difference / its standard error; 0 if both scores rank the cases alike; NaN if the
 *     variance is NaN, or 0 although they rank them differently: then every case differs by the
 *     same amount, which says nothing about other cases
 * @param p two-sided, normal; 1 and NaN as z is 0 and NaN
 * @param interval of the difference, normal, cut to -1 and 1; NaN ends as z is NaN
 */
public record RocDifference(
    double first,
    double second,
    double difference,
    double variance,
    double z,
    double p,
    Interval interval) {
  public RocDifference {
    Objects.requireNonNull(interval);
  }

  /**
   * @param first scores of one model, one a case
   * @param second scores of the other, for the same cases in the same order
   * @param positive the truth, one a case
   * @param confidence of the interval, e.g. 0.95
   * @throws IllegalArgumentException if the lengths differ, a score is NaN, or the confidence is
   *     not between 0 and 1
   */
  public static RocDifference of(
      double[] first, double[] second, boolean[] positive, double confidence) {
    DeLong one = DeLong.of(first, positive);
    DeLong other = DeLong.of(second, positive);
    double difference = one.auc() - other.auc();
    double variance = one.covariance(one) + other.covariance(other) - 2 * one.covariance(other);
    double error;
    double z;
    if (Double.isNaN(variance)) {
      error = Double.NaN;
      z = Double.NaN;
    } else if (Arrays.equals(Ranks.middle(first), Ranks.middle(second))) {
      error = 0;
      z = 0;
    } else if (one.isShifted(other)) {
      error = Double.NaN;
      z = Double.NaN;
    } else {
      error = Math.sqrt(Math.max(0, variance));
      z = difference / error;
    }
    double half = Normal.twoSidedQuantile(confidence) * error;
    return new RocDifference(
        one.auc(),
        other.auc(),
        difference,
        variance,
        z,
        Double.isNaN(z) ? Double.NaN : Normal.twoSided(z),
        new Interval(Math.max(-1, difference - half), Math.min(1, difference + half), confidence));
  }
}
