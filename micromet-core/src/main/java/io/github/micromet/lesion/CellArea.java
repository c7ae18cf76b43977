// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.lesion;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Some cells of a grid, in memory of the size of the rectangle around them: a noisy map may have a
 * hundred thousand areas.
 */
final class CellArea {
  private final int gridColumns;
  private int[] cells = new int[4]; // row-major indices in the grid
  private int count;
  private int top = Integer.MAX_VALUE;
  private int left = Integer.MAX_VALUE;
  private int bottom = -1;
  private int right = -1;

  CellArea(int gridColumns) {
    this.gridColumns = gridColumns;
  }

  /** Adds a cell that it does not hold, by its row-major index. */
  void add(int at) {
    if (count == cells.length) {
      cells = Arrays.copyOf(cells, 2 * count);
    }
    cells[count++] = at;
    top = Math.min(top, at / gridColumns);
    bottom = Math.max(bottom, at / gridColumns);
    left = Math.min(left, at % gridColumns);
    right = Math.max(right, at % gridColumns);
  }

  /** The cells' indices in row-major order. */
  int[] cells() {
    int[] sorted = Arrays.copyOf(cells, count);
    Arrays.sort(sorted);
    return sorted;
  }

  int count() {
    return count;
  }

  /** The first row that has a cell. */
  int top() {
    return top;
  }

  /** The first column that has a cell. */
  int left() {
    return left;
  }

  int columns() {
    return right - left + 1;
  }

  int rows() {
    return bottom - top + 1;
  }

  /** The cells in the rectangle around them, row-major from its top left. */
  BitSet bits() {
    BitSet bits = new BitSet(rows() * columns());
    for (int i = 0; i < count; i++) {
      int row = cells[i] / gridColumns - top;
      int column = cells[i] % gridColumns - left;
      bits.set(row * columns() + column);
    }
    return bits;
  }
}
