// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval.stat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far probabilities can be believed: in each bin of probabilities, what was said and what came
 * true. Of the probability of the positive class, not of the confidence in whichever class won.
 *
 * @param bins from low to high; empty ones are left out
 * @param ece expected calibration error: the bins' gaps, weighed by their counts
 * @param brier mean squared difference of probability and truth
 * @param count cases
 */
public record Reliability(List<Bin> bins, double ece, double brier, long count) {
  /** What tables and diagrams have by default. */
  public static final int DEFAULT_BINS = 10;

  /**
   * One bin.
   *
   * @param low its probabilities are above it (the first bin's also equal)
   * @param high and at most this
   * @param count cases in it, at least 1
   * @param said mean probability
   * @param came share of positives
   */
  public record Bin(double low, double high, long count, double said, double came) {}

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * Bins of equal width over 0 to 1.
   *
   * @param probabilities of the positive class, one a case
   * @param positive the truth, one a case
   * @param bins how many, at least 1
   * @throws IllegalArgumentException if the lengths differ, there is no case, or a probability is
   *     outside 0 to 1
   */
  public static Reliability equalWidth(double[] probabilities, boolean[] positive, int bins) {
    double[] edges = new double[bins + 1];
    Arrays.setAll(edges, i -> i * (1.0 / bins));
    return of(probabilities, positive, edges);
  }

  /**
   * Bins of equal count: edges at quantiles, linear between order statistics. Equal probabilities
   * stay together, so counts may differ.
   *
   * @throws IllegalArgumentException as {@link #equalWidth}
   */
  public static Reliability equalCount(double[] probabilities, boolean[] positive, int bins) {
    double[] sorted = probabilities.clone();
    Arrays.sort(sorted);
    double[] edges = new double[bins + 1];
    Arrays.setAll(edges, i -> Quantile.of(sorted, i * (1.0 / bins)));
    return of(probabilities, positive, edges);
  }

  private static Reliability of(double[] probabilities, boolean[] positive, double[] edges) {
    check(probabilities, positive);
    int bins = edges.length - 1;
    long[] counts = new long[bins];
    double[] said = new double[bins];
    long[] came = new long[bins];
    double squares = 0;
    for (int i = 0; i < probabilities.length; i++) {
      double p = probabilities[i];
      int bin = 0;
      while (bin < bins - 1 && p > edges[bin + 1]) {
        bin++;
      }
      counts[bin]++;
      said[bin] += p;
      came[bin] += positive[i] ? 1 : 0;
      squares += (p - (positive[i] ? 1 : 0)) * (p - (positive[i] ? 1 : 0));
    }
    List<Bin> filled = new ArrayList<>();
    double ece = 0;
    for (int bin = 0; bin < bins; bin++) {
      if (counts[bin] > 0) {
        double n = counts[bin];
        filled.add(new Bin(edges[bin], edges[bin + 1], counts[bin], said[bin] / n, came[bin] / n));
        ece += Math.abs(said[bin] - came[bin]) / probabilities.length;
      }
    }
    return new Reliability(filled, ece, squares / probabilities.length, probabilities.length);
  }

  private static void check(double[] probabilities, boolean[] positive) {
    if (probabilities.length != positive.length || probabilities.length == 0) {
      throw new IllegalArgumentException(
          probabilities.length + " probabilities and " + positive.length + " truths");
    }
    for (double p : probabilities) {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("a probability is 0 to 1, not " + p);
      }
    }
  }
}
