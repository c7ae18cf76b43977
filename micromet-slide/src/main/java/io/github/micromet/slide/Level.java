// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

/**
 * One level of the pyramid.
 *
 * @param index 0 is the finest
 * @param width in pixels of this level
 * @param height in pixels of this level
 * @param downsample level-0 pixels per pixel of this level: the mean of the width's and the
 *     height's ratio, as OpenSlide has it, so rarely a whole number
 * @param tileWidth of a stored tile (for strips, the level's width)
 * @param tileHeight of a stored tile (for strips, the rows of a strip)
 */
public record Level(
    int index, long width, long height, double downsample, int tileWidth, int tileHeight) {

  /** The column or row of this level nearest to a position in level-0 pixels, inside or outside. */
  public long nearestPixel(long atLevel0) {
    return (long) Math.floor(atLevel0 / downsample + 0.5);
  }
}
