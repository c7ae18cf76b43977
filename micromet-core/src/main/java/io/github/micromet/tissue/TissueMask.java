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

  /** What the run report should say of this mask; empty when it is the reference's. */
  public List<String> notes() {
    return notes;
  }
}
