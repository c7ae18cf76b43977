// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

/**
 * A detection as the evaluation sees it.
 *
 * @param probability of the detection
 * @param x in level-0 pixels; the reference's own coordinate where there is one
 * @param y in level-0 pixels
 */
public record ScoredPoint(double probability, double x, double y) {
  public ScoredPoint {
    if (!Double.isFinite(probability) || !Double.isFinite(x) || !Double.isFinite(y)) {
      throw new IllegalArgumentException(
          "a detection has finite numbers, not " + probability + "," + x + "," + y);
    }
  }
}
