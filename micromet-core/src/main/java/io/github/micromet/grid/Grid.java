// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.grid;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Square cells over a slide, rows x columns. The only place that adds half a cell, rounds or floors
 * between cells and level-0 pixels.
 *
 * @param rows along y
 * @param columns along x
 * @param cellPx edge of a cell in level-0 pixels; the slide's own downsample, rarely whole
 * @param originX0 level-0 x of the left edge of column 0
 * @param originY0 level-0 y of the top edge of row 0
 */
public record Grid(int rows, int columns, double cellPx, double originX0, double originY0) {
  /** One array of float64 holds them, and a bit set counts them. */
  private static final long MOST_CELLS = 1L << 28;

  public Grid {
    if (rows <= 0 || columns <= 0 || !(cellPx > 0)) {
      throw new IllegalArgumentException("a grid has cells: " + rows + " x " + columns);
    }
  }

  /** A grid that begins at the slide's corner. */
  public Grid(int rows, int columns, double cellPx) {
    this(rows, columns, cellPx, 0, 0);
  }

  /**
   * One cell per pixel of a level, as the reference has its mask and map.
   *
   * @throws MicrometException of kind USAGE if there are more cells than one map can hold
   */
  public static Grid ofLevel(Level level) {
    return new Grid(
        side(level.height(), level.width()),
        side(level.width(), level.height()),
        level.downsample());
  }

  /**
   * One side of a grid, once both are known to be few enough.
   *
   * @throws MicrometException of kind USAGE if there are more cells than one map can hold
   */
  public static int side(long side, long other) {
    if (Math.multiplyHigh(side, other) != 0 || side * other > MOST_CELLS || side * other < 0) {
      throw new MicrometException(
          ErrorKind.USAGE,
          "a map of " + side + " by " + other + " cells",
          "has more than the " + MOST_CELLS + " that one map can hold",
          "Choose a coarser --mask-level or --stride.");
    }
    return (int) side;
  }

  /**
   * Cells of exactly {@code cellPx} level-0 pixels that cover width x height; the last overhang.
   */
  public static Grid covering(long width, long height, int cellPx) {
    long rows = Math.floorDiv(height + cellPx - 1, (long) cellPx);
    long columns = Math.floorDiv(width + cellPx - 1, (long) cellPx);
    return new Grid(side(rows, columns), side(columns, rows), cellPx);
  }

  /** The number of cells. */
  public int cells() {
    return Math.multiplyExact(rows, columns);
  }

  /** Row-major index of a cell. */
  public int index(int row, int column) {
    return row * columns + column;
  }

  /** Level-0 x of the centre of a column. */
  public double centreX0(int column) {
    return originX0 + (column + 0.5) * cellPx;
  }

  /** Level-0 y of the centre of a row. */
  public double centreY0(int row) {
    return originY0 + (row + 0.5) * cellPx;
  }

  /** Level-0 x of the left edge of a column; {@code columns} gives the right edge of the last. */
  public double edgeX0(int column) {
    return originX0 + column * cellPx;
  }

  /** Level-0 y of the top edge of a row. */
  public double edgeY0(int row) {
    return originY0 + row * cellPx;
  }

  /** The column that holds level-0 x, which may lie off the grid. */
  public int columnAt(double x0) {
    return (int) Math.floor((x0 - originX0) / cellPx);
  }

  /** The row that holds level-0 y, which may lie off the grid. */
  public int rowAt(double y0) {
    return (int) Math.floor((y0 - originY0) / cellPx);
  }

  /**
   * Left edge of the window of {@code size} level-0 pixels centred on a column, as the reference
   * places it: rint((column + 0.5) * cell - floor(size / 2)), half to even.
   *
   * <p>Source: MONAI MaskedPatchWSIDataset._evaluate_patch_locations.
   */
  public long windowX0(int column, double size) {
    return (long) Math.rint(centreX0(column) - Math.floor(size / 2));
  }

  /** Top edge of the window centred on a row; see {@link #windowX0}. */
  public long windowY0(int row, double size) {
    return (long) Math.rint(centreY0(row) - Math.floor(size / 2));
  }

  /** The whole grid cut into bands of {@code rowsPerBand} rows; the last may be lower. */
  public List<Band> bands(int rowsPerBand) {
    if (rowsPerBand <= 0) {
      throw new IllegalArgumentException("a band has rows");
    }
    List<Band> bands = new ArrayList<>();
    for (int row = 0; row < rows; row += rowsPerBand) {
      bands.add(new Band(bands.size(), row, Math.min(rowsPerBand, rows - row)));
    }
    return List.copyOf(bands);
  }
}
