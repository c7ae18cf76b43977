// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import java.util.Arrays;

/** Floods on a grid of cells: holes and connected parts. */
final class Labels {
  private static final byte OUTSIDE = 2;

  private final int rows;
  private final int columns;
  private int[] waiting = new int[1024];
  private int count;

  private Labels(GrownTumour grown) {
    this.rows = grown.rows();
    this.columns = grown.columns();
  }

  /**
   * Sets every background cell to 1 from which no path of edge-sharing background cells leads out
   * of the grid, as scipy's binary_fill_holes with its default structure.
   */
  static void fillHoles(GrownTumour grown) {
    byte[] cells = grown.near();
    Labels flood = new Labels(grown);
    for (int row = 0; row < flood.rows; row++) {
      boolean edge = row == 0 || row == flood.rows - 1;
      int step = edge ? 1 : Math.max(1, flood.columns - 1);
      for (int column = 0; column < flood.columns; column += step) {
        flood.reach(cells, row, column);
      }
    }
    while (flood.count > 0) {
      int at = flood.waiting[--flood.count];
      int row = at / flood.columns;
      int column = at % flood.columns;
      flood.reach(cells, row - 1, column);
      flood.reach(cells, row + 1, column);
      flood.reach(cells, row, column - 1);
      flood.reach(cells, row, column + 1);
    }
    for (int at = 0; at < cells.length; at++) {
      cells[at] = (byte) (cells[at] == OUTSIDE ? 0 : 1);
    }
  }

  /**
   * Numbers the parts of cells that are 1, diagonal neighbours belonging together, in row-major
   * order of their first cells.
   *
   * @param labels as long as the cells, all 0; filled
   * @return how many parts
   */
  static int label(GrownTumour grown, int[] labels) {
    byte[] cells = grown.near();
    Labels flood = new Labels(grown);
    int label = 0;
    for (int start = 0; start < cells.length; start++) {
      if (cells[start] == 0 || labels[start] != 0) {
        continue;
      }
      label++;
      labels[start] = label;
      flood.push(start);
      while (flood.count > 0) {
        flood.joinNeighbours(cells, labels, flood.waiting[--flood.count], label);
      }
    }
    return label;
  }

  private void joinNeighbours(byte[] cells, int[] labels, int at, int label) {
    int row = at / columns;
    int column = at % columns;
    for (int r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
        int next = r * columns + c;
        if (cells[next] != 0 && labels[next] == 0) {
          labels[next] = label;
          push(next);
        }
      }
    }
  }

  private void reach(byte[] cells, int row, int column) {
    if (row < 0 || row >= rows || column < 0 || column >= columns) {
      return;
    }
    int at = row * columns + column;
    if (cells[at] == 0) {
      cells[at] = OUTSIDE;
      push(at);
    }
  }

  private void push(int at) {
    if (count == waiting.length) {
      waiting = Arrays.copyOf(waiting, count * 2);
    }
    waiting[count++] = at;
  }
}
