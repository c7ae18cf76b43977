// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import io.github.micromet.grid.Grid;
import java.util.BitSet;
import java.util.List;

/** Which cells of a grid are tissue; immutable. */
public final class TissueMask {
  private final Grid grid;
  private final BitSet cells; // row-major
  private final List<String> notes;

  /**
   * @param cells row-major, {@code grid.index(row, column)}; copied
   * @param notes sentences for the run report: where this mask differs from the reference and why
   */
  public TissueMask(Grid grid, BitSet cells, List<String> notes) {
    if (cells.length() > grid.cells()) {
      throw new IllegalArgumentException("the mask has more cells than its grid");
    }
    this.grid = grid;
    this.cells = (BitSet) cells.clone();
    this.notes = List.copyOf(notes);
  }

  public Grid grid() {
    return grid;
  }

  public boolean at(int row, int column) {
    return cells.get(grid.index(row, column));
  }

  /** The number of tissue cells. */
  public int count() {
    return cells.cardinality();
  }

  /** The first tissue cell at or after a row-major index; -1 if there is none. */
  public int next(int fromIndex) {
    return cells.nextSetBit(fromIndex);
  }

  /** True if level-0 point x0, y0 lies in a tissue cell; points off the grid do not. */
  public boolean holds(double x0, double y0) {
    int row = grid.rowAt(y0);
    int column = grid.columnAt(x0);
    boolean inside = row >= 0 && row < grid.rows() && column >= 0 && column < grid.columns();
    return inside && at(row, column);
  }

  /** What the run report should say of this mask; empty when it is the reference's. */
  public List<String> notes() {
    return notes;
  }
}
