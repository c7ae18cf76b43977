// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval.stat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Sensitivity against the rate of false alarms, and the area under it: the chance that a positive
 * scores higher than a negative, ties counting half.
 *
 * @param positives how many cases are positive
 * @param negatives how many are not
 * @param points one for each distinct score, from (0, 0) of no score to (1, 1)
 * @param auc NaN if a class is empty
 * @param variance DeLong's; NaN if a class has fewer than two cases
 * @param interval on the logit scale, which keeps it inside 0 to 1; NaN ends if the variance is
 *     NaN, and where it is 0 because all cases of a class have the same part in the area (an area
 *     of exactly 0 or 1, or equal scores): that says nothing about other cases
 */
public record Roc(
    int positives,
    int negatives,
    List<Point> points,
    double auc,
    double variance,
    Interval interval) {

  /**
   * One point.
   *
   * @param threshold cases of at least this score are called positive; infinite for the first point
   * @param falsePositiveRate negatives called positive / negatives; NaN without negatives
   * @param sensitivity positives called positive / positives; NaN without positives
   */
  public record Point(double threshold, double falsePositiveRate, double sensitivity) {}

  public Roc {
    points = List.copyOf(points);
    Objects.requireNonNull(interval);
  }

  /**
   * The curve and its area with DeLong's variance (1988) by the ranks of Sun and Xu (2014).
   *
   * @param scores one a case; higher is more likely positive
   * @param positive the truth, one a case
   * @param confidence of the interval, e.g. 0.95
   * @throws IllegalArgumentException if the lengths differ, a score is NaN, or the confidence is
   *     not between 0 and 1
   */
  public static Roc of(double[] scores, boolean[] positive, double confidence) {
    DeLong areas = DeLong.of(scores, positive);
    double variance = areas.covariance(areas);
    return new Roc(
        areas.positives(),
        areas.negatives(),
        points(scores, positive, areas.positives(), areas.negatives()),
        areas.auc(),
        variance,
        logitInterval(areas, variance, confidence));
  }

  private static List<Point> points(
      double[] scores, boolean[] positive, int positives, int negatives) {
    int[] order = Ranks.ascending(scores);
    List<Point> points = new ArrayList<>();
    points.add(
        new Point(
            Double.POSITIVE_INFINITY,
            negatives == 0 ? Double.NaN : 0,
            positives == 0 ? Double.NaN : 0));
    int hits = 0;
    int alarms = 0;
    for (int i = order.length - 1; i >= 0; i--) {
      if (positive[order[i]]) {
        hits++;
      } else {
        alarms++;
      }
      if (i == 0 || scores[order[i - 1]] != scores[order[i]]) {
        points.add(
            new Point(scores[order[i]], (double) alarms / negatives, (double) hits / positives));
      }
    }
    return points;
  }

  private static Interval logitInterval(DeLong areas, double variance, double confidence) {
    double auc = areas.auc();
    // Asked for first: a bad confidence is an error whatever the scores.
    double z = Normal.twoSidedQuantile(confidence);
    if (Double.isNaN(variance) || areas.isConstant()) {
      return new Interval(Double.NaN, Double.NaN, confidence);
    }
    double logit = Math.log(auc / (1 - auc));
    double half = z * Math.sqrt(variance) / (auc * (1 - auc));
    return new Interval(
        1 / (1 + Math.exp(half - logit)), 1 / (1 + Math.exp(-half - logit)), confidence);
  }
}
