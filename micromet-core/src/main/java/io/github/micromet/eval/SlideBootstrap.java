// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import io.github.micromet.eval.stat.Interval;
import io.github.micromet.eval.stat.Normal;
import io.github.micromet.eval.stat.Quantile;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How far a score could lie elsewhere on other slides of the same kind: whole slides are drawn
 * again with replacement, as many as there are, because lesions and false positives of one slide
 * belong together; the percentiles of the scores are the interval.
 *
 * <p>Source: B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13
 * (percentile interval); percentiles by straight lines between order statistics, as numpy's. The
 * draws come from SplitMix64, so a seed gives the same interval on every machine.
 *
 * <p>Threads: stateless.
 */
public final class SlideBootstrap {
  /** Of the interval, by default. */
  public static final int DRAWS = 2000;

  /** Usual confidence. */
  public static final double CONFIDENCE = 0.95;

  private static final double POWER_80 = Normal.quantile(0.8);
  private static final double TWO_SIDED_5 = Normal.quantile(0.975);

  private SlideBootstrap() {}

  /**
   * The interval of a score.
   *
   * @param rates false positives a slide at which sensitivity is read
   * @param draws how many samples of slides; those without any target give no score and are left
   *     out
   * @param seed the same seed gives the same samples
   * @return its ends are NaN if no sample has a target
   */
  public static Interval interval(
      List<SlideCount> slides, List<Double> rates, int draws, long seed, double confidence) {
    return spread(slides, rates, List.of(), draws, seed, confidence).score();
  }

  /**
   * The interval of the sensitivity at each of some rates, by the same draws as {@link #interval}.
   *
   * @param rates false positives a slide, ascending
   */
  public static FrocBand band(
      List<SlideCount> slides, List<Double> rates, int draws, long seed, double confidence) {
    return spread(slides, List.of(), rates, draws, seed, confidence).band();
  }

  /**
   * The interval of a score and the band of its curve, of the same draws.
   *
   * @param score as {@link #interval}
   * @param band as {@link #band}
   */
  public record Spread(Interval score, FrocBand band) {}

  /**
   * {@link #interval} and {@link #band} in one pass.
   *
   * @param rates of the score
   * @param bandRates of the band, ascending
   */
  public static Spread spread(
      List<SlideCount> slides,
      List<Double> rates,
      List<Double> bandRates,
      int draws,
      long seed,
      double confidence) {
    FrocSum sum = new FrocSum(slides);
    Draws random = new Draws(seed, slides.size());
    List<Double> all = Stream.concat(rates.stream(), bandRates.stream()).toList();
    double[] scores = new double[draws];
    double[][] drawn = new double[bandRates.size()][draws];
    for (int i = 0; i < draws; i++) {
      List<Double> at = sum.sensitivities(random.next(), all);
      scores[i] = FrocSum.mean(at.subList(0, rates.size()));
      for (int rate = 0; rate < drawn.length; rate++) {
        drawn[rate][i] = at.get(rates.size() + rate);
      }
    }
    List<Interval> ends = Arrays.stream(drawn).map(each -> percentiles(each, confidence)).toList();
    return new Spread(
        percentiles(scores, confidence),
        new FrocBand(
            bandRates,
            ends.stream().map(Interval::low).toList(),
            ends.stream().map(Interval::high).toList(),
            confidence));
  }

  /**
   * Two systems on the same slides.
   *
   * @param scoreA of the first
   * @param scoreB of the second
   * @param difference B - A
   * @param interval of the difference, by the same draws of slides for both
   * @param p two-sided: twice the smaller share of draws on one side of zero, ties on both sides,
   *     and one added to count and draws, so never 0
   * @param smallest the difference that a cohort like this would show with 80 % probability at a
   *     two-sided 5 % level: (1.96 + 0.84) x the standard deviation of the drawn differences
   */
  public record Comparison(
      double scoreA,
      double scoreB,
      double difference,
      Interval interval,
      double p,
      double smallest) {}

  /**
   * Compares two systems, slide by slide the same ones in the same order.
   *
   * @throws IllegalArgumentException if the slides are not the same
   */
  public static Comparison compare(
      List<SlideCount> a,
      List<SlideCount> b,
      List<Double> rates,
      int draws,
      long seed,
      double confidence) {
    if (!a.stream()
        .map(SlideCount::slide)
        .toList()
        .equals(b.stream().map(SlideCount::slide).toList())) {
      throw new IllegalArgumentException("the two have other slides");
    }
    FrocSum sumA = new FrocSum(a);
    FrocSum sumB = new FrocSum(b);
    Draws random = new Draws(seed, a.size());
    double[] differences = new double[draws];
    for (int i = 0; i < draws; i++) {
      int[] times = random.next();
      differences[i] = sumB.score(times, rates) - sumA.score(times, rates);
    }
    int[] once = new int[a.size()];
    Arrays.fill(once, 1);
    double scoreA = sumA.score(once, rates);
    double scoreB = sumB.score(once, rates);
    return new Comparison(
        scoreA,
        scoreB,
        scoreB - scoreA,
        percentiles(differences, confidence),
        twoSided(differences),
        (TWO_SIDED_5 + POWER_80) * deviation(differences));
  }

  private static Interval percentiles(double[] drawn, double confidence) {
    double[] sorted = finite(drawn);
    Arrays.sort(sorted);
    double tail = (1 - confidence) / 2;
    return new Interval(Quantile.of(sorted, tail), Quantile.of(sorted, 1 - tail), confidence);
  }

  private static double twoSided(double[] drawn) {
    double[] finite = finite(drawn);
    long notAbove = Arrays.stream(finite).filter(each -> each <= 0).count();
    long notBelow = Arrays.stream(finite).filter(each -> each >= 0).count();
    return finite.length == 0
        ? Double.NaN
        : Math.min(1, 2.0 * (Math.min(notAbove, notBelow) + 1) / (finite.length + 1));
  }

  private static double deviation(double[] drawn) {
    double[] finite = finite(drawn);
    double mean = Arrays.stream(finite).average().orElse(Double.NaN);
    double squares = Arrays.stream(finite).map(each -> (each - mean) * (each - mean)).sum();
    return Math.sqrt(squares / (finite.length - 1));
  }

  private static double[] finite(double[] drawn) {
    return Arrays.stream(drawn).filter(each -> !Double.isNaN(each)).toArray();
  }

  /** Samples of n things out of n with replacement. */
  private static final class Draws {
    private long state;
    private final int n;

    Draws(long seed, int n) {
      this.state = seed;
      this.n = n;
    }

    /** How often each is in the next sample. */
    int[] next() {
      int[] times = new int[n];
      for (int i = 0; i < n; i++) {
        // 31 bits are enough: of 2^31 numbers, one slide of a thousand gets 1 in 2e6 too many.
        times[(int) ((mix() >>> 33) * n >>> 31)]++;
      }
      return times;
    }

    /** SplitMix64: G. Steele, D. Lea, C. Flood, OOPSLA 2014. */
    private long mix() {
      state += 0x9E3779B97F4A7C15L;
      long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      return z ^ (z >>> 31);
    }
  }
}
