// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval.stat;

import java.util.Objects;

/**
 * Two scores of the same cases, compared by DeLong's paired test.
 *
 * @param first area of the first
 * @param second area of the second
 * @param difference first - second
 * @param variance of the difference; NaN if a class has fewer than two cases
 * @param z difference / its standard error; 0 if both are 0, NaN if the variance is NaN
 * @param p two-sided, normal
 * @param interval of the difference, normal, cut to -1 and 1; NaN ends if the variance is NaN
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
    // Two equal sets of scores have a variance of 0, which rounding may put below it.
    double error = Math.sqrt(variance < 0 ? 0 : variance);
    double z = difference == 0 && error == 0 ? 0 : difference / error;
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
