// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval.stat;

import java.util.List;
import java.util.Objects;

/**
 * One case that was scored and whose truth is known.
 *
 * @param name of the slide or the patch
 * @param score higher is more likely positive
 * @param positive the truth
 */
public record LabelledScore(String name, double score, boolean positive) {
  public LabelledScore {
    Objects.requireNonNull(name);
  }

  /** The scores in order. */
  public static double[] scores(List<LabelledScore> cases) {
    return cases.stream().mapToDouble(LabelledScore::score).toArray();
  }

  /** The truths in order. */
  public static boolean[] truths(List<LabelledScore> cases) {
    boolean[] truths = new boolean[cases.size()];
    for (int i = 0; i < truths.length; i++) {
      truths[i] = cases.get(i).positive();
    }
    return truths;
  }
}
