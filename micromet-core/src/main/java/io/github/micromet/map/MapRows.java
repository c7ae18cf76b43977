// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.map;

import io.github.micromet.grid.Band;

/**
 * The finished rows of one band: what a worker, a journal or a cluster hands back.
 *
 * @param band which rows
 * @param columns of the grid
 * @param values band.rows x columns float64, row-major; kept, not copied
 */
public record MapRows(Band band, int columns, double[] values) {
  public MapRows {
    if (values.length != Math.multiplyExact(band.rows(), columns)) {
      throw new IllegalArgumentException(
          values.length + " values for " + band.rows() + " x " + columns);
    }
  }

  /** Writes these rows into a whole map of the same grid. */
  public void into(ProbabilityMap map) {
    for (int row = 0; row < band.rows(); row++) {
      for (int column = 0; column < columns; column++) {
        map.set(band.firstRow() + row, column, values[row * columns + column]);
      }
    }
  }
}
