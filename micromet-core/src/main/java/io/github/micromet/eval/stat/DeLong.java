// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval.stat;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The area under a ROC curve and the part each case has in it (DeLong, DeLong and Clarke-Pearson
 * 1988), from ranks in n log n (Sun and Xu 2014).
 *
 * @param auc NaN if a class is empty
 * @param ofPositives for each positive, the share of negatives below it, ties half
 * @param ofNegatives for each negative, the share of positives above it, ties half
 */
record DeLong(double auc, double[] ofPositives, double[] ofNegatives) {

  static DeLong of(double[] scores, boolean[] positive) {
    if (scores.length != positive.length) {
      throw new IllegalArgumentException(
          scores.length + " scores but " + positive.length + " truths");
    }
    if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException("a score is not a number");
    }
    int[] ups = IntStream.range(0, scores.length).filter(i -> positive[i]).toArray();
    int[] downs = IntStream.range(0, scores.length).filter(i -> !positive[i]).toArray();
    double[] all = Ranks.middle(scores);
    double[] amongUps = Ranks.middle(Arrays.stream(ups).mapToDouble(i -> scores[i]).toArray());
    double[] amongDowns = Ranks.middle(Arrays.stream(downs).mapToDouble(i -> scores[i]).toArray());
    double[] ofPositives = new double[ups.length];
    Arrays.setAll(ofPositives, i -> (all[ups[i]] - amongUps[i]) / downs.length);
    double[] ofNegatives = new double[downs.length];
    Arrays.setAll(ofNegatives, i -> 1 - (all[downs[i]] - amongDowns[i]) / ups.length);
    boolean defined = ups.length > 0 && downs.length > 0;
    return new DeLong(defined ? mean(ofPositives) : Double.NaN, ofPositives, ofNegatives);
  }

  int positives() {
    return ofPositives.length;
  }

  int negatives() {
    return ofNegatives.length;
  }

  /** Of this area and another of the same cases; NaN if a class has fewer than two. */
  double covariance(DeLong other) {
    return covariance(ofPositives, other.ofPositives) / positives()
        + covariance(ofNegatives, other.ofNegatives) / negatives();
  }

  /** Whether all positives have one part in it and all negatives one: there is nothing to vary. */
  boolean isConstant() {
    return Arrays.stream(ofPositives).distinct().count() == 1
        && Arrays.stream(ofNegatives).distinct().count() == 1;
  }

  /** Whether this area's parts differ from another's by the same amount in every case. */
  boolean isShifted(DeLong other) {
    return isShifted(ofPositives, other.ofPositives, negatives())
        && isShifted(ofNegatives, other.ofNegatives, positives());
  }

  private static boolean isShifted(double[] a, double[] b, int others) {
    // Parts are multiples of 1 / (2 others), so that less is rounding.
    double unit = 0.5 / others;
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i] - (a[0] - b[0])) > unit / 2) {
        return false;
      }
    }
    return true;
  }

  private static double covariance(double[] a, double[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - meanA) * (b[i] - meanB);
    }
    return a.length < 2 ? Double.NaN : sum / (a.length - 1);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
