// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import java.util.List;

/**
 * Where the curve lies when slides are drawn again: at each rate an interval of the sensitivity, by
 * itself, not of the whole curve at once.
 *
 * @param falsePositives a slide, ascending
 * @param low sensitivity, one a rate
 * @param high sensitivity, one a rate
 * @param confidence e.g. 0.95
 */
public record FrocBand(
    List<Double> falsePositives, List<Double> low, List<Double> high, double confidence) {
  public FrocBand {
    falsePositives = List.copyOf(falsePositives);
    low = List.copyOf(low);
    high = List.copyOf(high);
    if (low.size() != falsePositives.size() || high.size() != falsePositives.size()) {
      throw new IllegalArgumentException("a band has a low and a high end at each rate");
    }
  }
}
