// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

/**
 * A rectangle to read.
 *
 * @param x0 left edge in level-0 pixels; may be negative or beyond the slide
 * @param y0 top edge in level-0 pixels
 * @param level the level to read from
 * @param width in pixels of that level
 * @param height in pixels of that level
 */
public record Region(long x0, long y0, int level, int width, int height) {
  public Region {
    if (width <= 0 || height <= 0 || level < 0) {
      throw new IllegalArgumentException(
          "a region needs a positive size and a level, not "
              + width
              + " x "
              + height
              + "@"
              + level);
    }
  }

  /**
   * Checks that a picture can take this region.
   *
   * @throws IllegalArgumentException if it has another size
   */
  public void checkFits(RgbImage into) {
    if (into.width() != width || into.height() != height) {
      throw new IllegalArgumentException(
          "a picture of "
              + into.width()
              + " x "
              + into.height()
              + " for a region of "
              + width
              + " x "
              + height);
    }
  }
}
