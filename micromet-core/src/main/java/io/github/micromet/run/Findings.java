// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.lesion.Detection;
import io.github.micromet.lesion.Lesion;
import io.github.micromet.map.ProbabilityMap;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What was found, in numbers.
 *
 * @param detections kept by non-maximum suppression
 * @param lesions connected areas above the threshold
 * @param maxProbability of the map; 0 when nothing was scored
 * @param lesionAreaUm2 of all lesions; empty when the slide's spacing is unknown
 * @param largestLesionUm the longest extent of any lesion, 0 without lesions; empty likewise
 */
public record Findings(
    int detections,
    int lesions,
    double maxProbability,
    OptionalDouble lesionAreaUm2,
    OptionalDouble largestLesionUm) {

  /**
   * @param spacingKnown whether the slide has a spacing, which an empty list of lesions cannot tell
   */
  public static Findings of(
      List<Detection> detections, List<Lesion> lesions, ProbabilityMap map, boolean spacingKnown) {
    double max = 0;
    for (double probability : map.toArray()) {
      max = Math.max(max, probability);
    }
    double area = 0;
    double largest = 0;
    for (Lesion lesion : lesions) {
      area += lesion.areaUm2().orElse(0);
      largest = Math.max(largest, lesion.longestUm().orElse(0));
    }
    return new Findings(
        detections.size(),
        lesions.size(),
        max,
        spacingKnown ? OptionalDouble.of(area) : OptionalDouble.empty(),
        spacingKnown ? OptionalDouble.of(largest) : OptionalDouble.empty());
  }
}
