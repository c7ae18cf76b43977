// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One axis of a chart.
 *
 * @param label what it measures
 * @param low its beginning; above 0 if logarithmic
 * @param high its end
 * @param logarithmic whether equal ratios have equal lengths
 * @param ticks value and text
 */
record Axis(String label, double low, double high, boolean logarithmic, Map<Double, String> ticks) {
  Axis {
    if (!(low < high) || logarithmic && !(low > 0)) {
      throw new IllegalArgumentException("an axis from " + low + " to " + high);
    }
    ticks = new TreeMap<>(ticks);
  }

  /** 0 to 1 with a tick at each fifth. */
  static Axis share(String label) {
    Map<Double, String> ticks = new TreeMap<>();
    for (int i = 0; i <= 5; i++) {
      ticks.put(i / 5.0, Html.number(i / 5.0, 1));
    }
    return new Axis(label, 0, 1, false, ticks);
  }

  /** False positives a slide, from half the lowest of these rates to the highest. */
  static Axis rates(String label, List<Double> rates) {
    List<Double> positive = rates.stream().filter(rate -> rate > 0).sorted().toList();
    List<Double> shown = positive.isEmpty() ? List.of(0.25, 0.5, 1.0, 2.0, 4.0, 8.0) : positive;
    Map<Double, String> ticks = new TreeMap<>();
    shown.forEach(rate -> ticks.put(rate, Html.rate(rate)));
    return new Axis(label, shown.get(0) / 2, shown.get(shown.size() - 1), true, ticks);
  }

  /** Where a value lies, 0 at the beginning and 1 at the end; values beyond lie on them. */
  double at(double value) {
    double share =
        logarithmic
            ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
            : (value - low) / (high - low);
    return Math.min(1, Math.max(0, share));
  }

  /** The value at a share of the axis. */
  double value(double share) {
    return logarithmic ? low * Math.pow(high / low, share) : low + share * (high - low);
  }
}
