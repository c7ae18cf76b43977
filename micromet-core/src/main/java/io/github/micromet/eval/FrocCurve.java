// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import java.util.List;

/**
 * Sensitivity against false positives a slide.
 *
 * @param points by rising threshold: false positives fall; the last is (0, 0) of no threshold
 */
public record FrocCurve(List<Point> points) {
  public FrocCurve {
    points = List.copyOf(points);
  }

  /**
   * One point.
   *
   * @param threshold detections of at least this probability count; infinite for the last point
   * @param falsePositives a slide, on average
   * @param sensitivity found targets / targets; NaN without targets
   */
  public record Point(double threshold, double falsePositives, double sensitivity) {}

  /**
   * Sensitivity at each rate of false positives by straight lines between points, as numpy.interp
   * has it: the highest where rates are equal, the last beyond the curve's end.
   */
  public List<Double> sensitivities(List<Double> rates) {
    return FrocSum.sensitivities(this, rates);
  }
}
