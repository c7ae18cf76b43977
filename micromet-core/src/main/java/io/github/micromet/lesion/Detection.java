// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.lesion;

/**
 * A peak of the probability map that non-maximum suppression kept.
 *
 * @param row of the cell
 * @param column of the cell
 * @param probability of the cell
 * @param x0 centre of the cell in level-0 pixels, by the slide's true ratio
 * @param y0 centre of the cell in level-0 pixels
 * @param xRef the reference's coordinate: int((column + 0.5) * 2^level)
 * @param yRef the reference's coordinate
 */
public record Detection(
    int row, int column, double probability, double x0, double y0, long xRef, long yRef) {}
