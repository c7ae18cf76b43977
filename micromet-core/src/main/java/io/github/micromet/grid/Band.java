// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.grid;

/**
 * Some whole rows of a grid: the unit of work, of journalling and of distribution.
 *
 * @param index from the top, 0 first
 * @param firstRow of the grid
 * @param rows in this band
 */
public record Band(int index, int firstRow, int rows) {
  public boolean holds(int row) {
    return row >= firstRow && row < firstRow + rows;
  }
}
