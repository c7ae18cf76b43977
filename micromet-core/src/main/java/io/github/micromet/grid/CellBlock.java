// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.grid;

/**
 * The rectangle of cells that one window fills: 1 x 1 for a patch, k x k for a dense window.
 *
 * @param row of the first cell
 * @param column of the first cell
 * @param rows in the block
 * @param columns in the block
 */
public record CellBlock(int row, int column, int rows, int columns) {
  public static CellBlock single(int row, int column) {
    return new CellBlock(row, column, 1, 1);
  }
}
