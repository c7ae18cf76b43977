// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.map;

import io.github.micromet.grid.Grid;

/**
 * Tumour probability of each cell, rows x columns float64; cells not scored hold 0, as the
 * reference has it.
 *
 * <p>Threads: different cells may be set by different threads; publish before reading.
 */
public final class ProbabilityMap {
  private final Grid grid;
  private final double[] values; // row-major

  /** All zero. */
  public ProbabilityMap(Grid grid) {
    this(grid, new double[grid.cells()]);
  }

  /**
   * @param values row-major, kept, not copied
   */
  public ProbabilityMap(Grid grid, double[] values) {
    if (values.length != grid.cells()) {
      throw new IllegalArgumentException(values.length + " values for " + grid.cells() + " cells");
    }
    this.grid = grid;
    this.values = values;
  }

  public Grid grid() {
    return grid;
  }

  public double at(int row, int column) {
    return values[grid.index(row, column)];
  }

  public void set(int row, int column, double probability) {
    values[grid.index(row, column)] = probability;
  }

  /** A copy of the values, row-major. */
  public double[] toArray() {
    return values.clone();
  }
}
