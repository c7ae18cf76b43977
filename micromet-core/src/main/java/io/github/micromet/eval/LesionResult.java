// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import java.util.Objects;

/**
 * One true lesion and whether it was found.
 *
 * @param slide name
 * @param label number of the lesion in its slide's truth, from 1
 * @param size by longest extent
 * @param target whether it counts: isolated tumour cells do not
 * @param probability of the best detection on it; 0 if there is none
 * @param longestUm longest extent as the protocol measures it, in micrometres
 * @param areaUm2 in square micrometres, grown as the protocol grows it
 * @param x0 its middle in level-0 pixels
 * @param y0 its middle in level-0 pixels
 */
public record LesionResult(
    String slide,
    int label,
    Size size,
    boolean target,
    double probability,
    double longestUm,
    double areaUm2,
    double x0,
    double y0) {

  /** The pN classes by longest extent. */
  public enum Size {
    /** Over 2 mm. */
    MACRO,
    /** Over 0.2 mm, up to 2 mm. */
    MICRO,
    /** Isolated tumour cells, up to 0.2 mm. */
    ITC
  }

  public LesionResult {
    Objects.requireNonNull(slide);
    Objects.requireNonNull(size);
  }

  /** Whether any detection hit it. */
  public boolean found() {
    return probability > 0;
  }
}
