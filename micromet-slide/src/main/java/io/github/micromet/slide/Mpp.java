// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

/** Microns per pixel of level 0, per axis. Unknown spacing is an empty Optional, never 0. */
public record Mpp(double x, double y) {
  /**
   * @throws IllegalArgumentException unless both are positive and finite
   */
  public Mpp {
    if (!(x > 0 && y > 0) || Double.isInfinite(x) || Double.isInfinite(y)) {
      throw new IllegalArgumentException("mpp must be positive and finite, not " + x + " x " + y);
    }
  }

  public static Mpp of(double both) {
    return new Mpp(both, both);
  }

  public double mean() {
    return (x + y) / 2;
  }
}
