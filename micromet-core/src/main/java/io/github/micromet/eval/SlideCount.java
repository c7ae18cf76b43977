// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import java.util.List;
import java.util.Objects;

/**
 * What one slide adds to an evaluation.
 *
 * @param slide name
 * @param lesions true ones by label, ITC too; never the phantom
 * @param falsePositives detections on no lesion, in the order given
 * @param phantom whether the reference sees a lesion in the corner of this slide's empty mask
 * @param maxProbability of its map or its detections; 0 if nothing fired
 * @param warnings sentences about this slide
 */
public record SlideCount(
    String slide,
    List<LesionResult> lesions,
    List<FalsePositive> falsePositives,
    boolean phantom,
    double maxProbability,
    List<String> warnings) {
  public SlideCount {
    Objects.requireNonNull(slide);
    lesions = List.copyOf(lesions);
    falsePositives = List.copyOf(falsePositives);
    warnings = List.copyOf(warnings);
  }

  /** Lesions that count. */
  public int targets() {
    return (int) lesions.stream().filter(LesionResult::target).count();
  }

  /**
   * One value a lesion, as the reference keeps it: of a target its best detection's probability as
   * float32, 0 if it was missed; of isolated tumour cells and the phantom 0 always.
   */
  public double[] truePositiveValues() {
    double[] values = new double[lesions.size() + (phantom ? 1 : 0)];
    for (int i = 0; i < lesions.size(); i++) {
      LesionResult lesion = lesions.get(i);
      values[i] = lesion.target() ? (float) lesion.probability() : 0;
    }
    return values;
  }

  /** Probabilities of the false positives. */
  public double[] falsePositiveValues() {
    return falsePositives.stream().mapToDouble(FalsePositive::probability).toArray();
  }
}
