// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import io.github.micromet.eval.FrocCurve.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The FROC curve of slides, each taken any number of times, fast enough to be drawn thousands of
 * times: values are ranked once.
 *
 * <p>Source: MONAI 1.5 {@code compute_froc_curve_data} and {@code compute_froc_score}. Thresholds
 * are the distinct values of false positives and lesions (float32, missed ones and isolated tumour
 * cells as 0) without the lowest, and a last point (0, 0).
 */
final class FrocSum {
  private final double[] values; // distinct, rising
  private final int[][] falseRanks; // by slide
  private final int[][] trueRanks;
  private final int[] targets;

  FrocSum(List<SlideCount> slides) {
    if (slides.isEmpty()) {
      throw new IllegalArgumentException("an evaluation has slides");
    }
    List<double[]> falses = slides.stream().map(SlideCount::falsePositiveValues).toList();
    List<double[]> trues = slides.stream().map(SlideCount::truePositiveValues).toList();
    values =
        DoubleStream.concat(
                falses.stream().flatMapToDouble(Arrays::stream),
                trues.stream().flatMapToDouble(Arrays::stream))
            .sorted()
            .distinct()
            .toArray();
    falseRanks = falses.stream().map(this::ranks).toArray(int[][]::new);
    trueRanks = trues.stream().map(this::ranks).toArray(int[][]::new);
    targets = slides.stream().mapToInt(SlideCount::targets).toArray();
  }

  int slides() {
    return targets.length;
  }

  private int[] ranks(double[] some) {
    return Arrays.stream(some).mapToInt(value -> Arrays.binarySearch(values, value)).toArray();
  }

  /** Of every slide once. */
  FrocCurve curve() {
    int[] once = new int[slides()];
    Arrays.fill(once, 1);
    return curve(once);
  }

  /**
   * @param times how often each slide is there; one at least is
   */
  FrocCurve curve(int[] times) {
    Steps steps = steps(times);
    List<Point> points = new ArrayList<>(steps.x().length);
    for (int i = steps.x().length - 1; i >= 0; i--) {
      points.add(new Point(steps.thresholds()[i], steps.x()[i], steps.y()[i]));
    }
    return new FrocCurve(points);
  }

  /** A curve from its last point to its first, so that false positives (x) rise. */
  private record Steps(double[] thresholds, double[] x, double[] y) {}

  private Steps steps(int[] times) {
    int[] falseAt = new int[values.length];
    int[] trueAt = new int[values.length];
    boolean[] present = new boolean[values.length];
    long images = 0;
    long wanted = 0;
    for (int slide = 0; slide < times.length; slide++) {
      images += times[slide];
      wanted += (long) times[slide] * targets[slide];
      if (times[slide] > 0) {
        add(falseRanks[slide], times[slide], falseAt, present);
        add(trueRanks[slide], times[slide], trueAt, present);
      }
    }
    double[] thresholds = new double[values.length + 1];
    double[] x = new double[thresholds.length];
    double[] y = new double[thresholds.length];
    thresholds[0] = Double.POSITIVE_INFINITY;
    y[0] = 0 / (double) wanted;
    int n = 1;
    int lowest = 0;
    while (lowest < values.length && !present[lowest]) {
      lowest++;
    }
    long falsePositives = 0;
    long truePositives = 0;
    for (int rank = values.length - 1; rank > lowest; rank--) {
      if (present[rank]) {
        falsePositives += falseAt[rank];
        truePositives += trueAt[rank];
        thresholds[n] = values[rank];
        x[n] = falsePositives / (double) images;
        y[n] = truePositives / (double) wanted;
        n++;
      }
    }
    return new Steps(Arrays.copyOf(thresholds, n), Arrays.copyOf(x, n), Arrays.copyOf(y, n));
  }

  private static void add(int[] ranks, int times, int[] at, boolean[] present) {
    for (int rank : ranks) {
      at[rank] += times;
      present[rank] = true;
    }
  }

  /** Mean sensitivity at the rates; NaN without targets. */
  double score(int[] times, List<Double> rates) {
    return mean(sensitivities(times, rates));
  }

  /** At the rates, without a point of the curve made. */
  List<Double> sensitivities(int[] times, List<Double> rates) {
    Steps steps = steps(times);
    return rates.stream().map(rate -> interpolate(rate, steps.x(), steps.y())).toList();
  }

  static double mean(List<Double> sensitivities) {
    double sum = 0;
    for (double each : sensitivities) {
      sum += each;
    }
    return sum / sensitivities.size();
  }

  /** Sensitivity at each rate by straight lines between points, as numpy.interp has it. */
  static List<Double> sensitivities(FrocCurve curve, List<Double> rates) {
    int n = curve.points().size();
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      Point point = curve.points().get(n - 1 - i);
      x[i] = point.falsePositives();
      y[i] = point.sensitivity();
    }
    return rates.stream().map(rate -> interpolate(rate, x, y)).toList();
  }

  /** x rising, with repeats: at a repeated x the last y counts. */
  private static double interpolate(double at, double[] x, double[] y) {
    int last = x.length - 1;
    if (at < x[0]) {
      return y[0];
    }
    int low = 0; // the last index with x[low] <= at
    int high = x.length;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (x[middle] <= at) {
        low = middle;
      } else {
        high = middle;
      }
    }
    if (low == last || x[low] == at) {
      return y[low];
    }
    double slope = (y[low + 1] - y[low]) / (x[low + 1] - x[low]);
    return slope * (at - x[low]) + y[low];
  }
}
