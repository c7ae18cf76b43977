// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.slide.Mpp;

/**
 * Microns per pixel of level 0, and who said so.
 *
 * @param x microns per pixel along x
 * @param y microns per pixel along y
 * @param from who said so
 */
public record Spacing(double x, double y, Origin from) {
  /** Who may say it. */
  public enum Origin {
    /** The slide's file. */
    FILE,
    /** The option {@code --mpp}. */
    OPTION,
    /** The manifest's column. */
    MANIFEST
  }

  public static Spacing of(Mpp mpp, Origin from) {
    return new Spacing(mpp.x(), mpp.y(), from);
  }
}
