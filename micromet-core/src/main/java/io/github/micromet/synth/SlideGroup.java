// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

import java.util.List;

/**
 * Slides of a cohort that are alike.
 *
 * @param slides how many
 * @param width of level 0
 * @param height of level 0
 * @param lesions of each; none: tumour-free slides
 */
public record SlideGroup(int slides, int width, int height, List<LesionKind> lesions) {
  public SlideGroup {
    lesions = List.copyOf(lesions);
    if (slides < 0 || slides > SynthOptions.MOST_SLIDES) {
      throw new IllegalArgumentException(
          "a group has 0.." + SynthOptions.MOST_SLIDES + " slides, not " + slides);
    }
    SynthOptions.checkSize(width, height);
  }

  /** Square slides with these lesions each. */
  public static SlideGroup of(int slides, int edge, LesionKind... lesions) {
    return new SlideGroup(slides, edge, edge, List.of(lesions));
  }

  /** Pixels of level 0 of all its slides. */
  public long pixels() {
    return (long) slides * width * height;
  }
}
