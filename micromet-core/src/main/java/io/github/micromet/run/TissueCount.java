// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.grid.Grid;
import io.github.micromet.slide.Mpp;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The mask that was scored.
 *
 * @param rows of its grid
 * @param columns of its grid
 * @param cellPx edge of a cell in level-0 pixels
 * @param cells that are tissue
 * @param areaUm2 of those cells; empty when the slide's spacing is unknown
 */
public record TissueCount(int rows, int columns, double cellPx, int cells, OptionalDouble areaUm2) {

  /** The count of a mask with {@code cells} tissue cells on {@code grid}. */
  public static TissueCount of(Grid grid, int cells, Optional<Mpp> mpp) {
    double cellPx2 = grid.cellPx() * grid.cellPx();
    return new TissueCount(
        grid.rows(),
        grid.columns(),
        grid.cellPx(),
        cells,
        mpp.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(cells * cellPx2 * mpp.get().x() * mpp.get().y()));
  }
}
