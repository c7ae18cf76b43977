// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.write;

import java.util.OptionalInt;

/** Supplies the values of level 0 of a mask, a rectangle at a time. */
@FunctionalInterface
public interface MaskPainter {
  /**
   * Paints a rectangle that lies inside the mask.
   *
   * @param x0 left edge in level-0 pixels
   * @param y0 top edge in level-0 pixels
   * @param width in pixels
   * @param height in pixels
   * @param into rows x columns uint8, row by row from index 0; not to be kept
   */
  void paint(long x0, long y0, int width, int height, byte[] into);

  /**
   * The value that all pixels of a rectangle have, 0..255, where that is cheap to know; then the
   * rectangle is not painted. Empty says nothing.
   */
  default OptionalInt constant(long x0, long y0, int width, int height) {
    return OptionalInt.empty();
  }
}
