// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

/**
 * A stored tile that could not be decoded; it reads as white and invalid.
 *
 * @param level of the tile
 * @param column of the tile in its level
 * @param row of the tile in its level
 * @param x0 left edge in level-0 pixels
 * @param y0 top edge in level-0 pixels
 * @param width0 in level-0 pixels
 * @param height0 in level-0 pixels
 * @param reason in words, with the numbers
 */
public record TileFault(
    int level, long column, long row, long x0, long y0, long width0, long height0, String reason) {}
