// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.write;

import io.github.micromet.slide.RgbImage;

/** Supplies the pixels of level 0, a rectangle at a time. */
@FunctionalInterface
public interface RegionPainter {
  /**
   * Paints every pixel of {@code into}.
   *
   * @param x0 left edge in level-0 pixels
   * @param y0 top edge in level-0 pixels
   * @param into never reaches beyond the picture; not to be kept
   */
  void paint(long x0, long y0, RgbImage into);
}
