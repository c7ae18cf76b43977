// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

/**
 * One slide of an evaluation in numbers.
 *
 * @param slide name
 * @param lesions in its truth, all sizes
 * @param targets those that count
 * @param found targets that were hit
 * @param falsePositives detections on no lesion
 * @param maxProbability of its map or its detections; the slide's own score for ROC; 0 if nothing
 *     fired
 */
public record SlideScore(
    String slide, int lesions, int targets, int found, int falsePositives, double maxProbability) {

  /** Whether the truth holds any lesion, ITC too. */
  public boolean tumour() {
    return lesions > 0;
  }
}
