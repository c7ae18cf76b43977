// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import io.github.micromet.grid.Grid;
import io.github.micromet.slide.Fill;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import java.util.Arrays;

/**
 * A level that the slide lacks, made from a finer one: each cell is the mean of the valid pixels it
 * covers, weighted by area. Holds the cells and one row of the finer level's tiles, never the
 * level.
 */
final class AveragedCells {
  private final Grid grid;
  private final double downsample;
  private final RgbImage cells;
  // One row of sums per row of cells that is being filled: red, green, blue, area for each cell.
  private final double[][] sums;
  private final Shares columns;
  private int finished;

  private AveragedCells(Grid grid, Level level) {
    this.grid = grid;
    this.downsample = level.downsample();
    this.cells = new RgbImage(grid.columns(), grid.rows());
    this.sums = new double[grid.rows()][];
    this.columns =
        new Shares(Math.toIntExact(level.width()), downsample, grid.cellPx(), grid.columns());
  }

  /**
   * One pixel per cell of {@code grid}; cells without a valid pixel are invalid.
   *
   * @param level finer than the grid's cells
   */
  static RgbImage of(Slide slide, Level level, Grid grid) {
    AveragedCells averaged = new AveragedCells(grid, level);
    Shares rows =
        new Shares(Math.toIntExact(level.height()), level.downsample(), grid.cellPx(), grid.rows());
    LevelBlocks.streamed(slide, level)
        .visit((firstColumn, firstRow, block) -> averaged.add(firstColumn, firstRow, block, rows));
    averaged.finish(grid.rows());
    return averaged.cells;
  }

  private void add(int firstColumn, int firstRow, RgbImage block, Shares rows) {
    if (firstColumn == 0) {
      finish(grid.rowAt(firstRow * downsample));
    }
    byte[] line = new byte[block.width() * 3];
    double[] lineSums = new double[grid.columns() * 4];
    int firstCell = columns.cell[firstColumn];
    int lastCell = columns.lastCell(firstColumn + block.width() - 1);
    boolean valid = block.isAllValid();
    for (int y = 0; y < block.height(); y++) {
      block.rgb().get(y * line.length, line);
      for (int x = 0; x < block.width(); x++) {
        if (valid || block.isValid(x, y)) {
          addPixel(lineSums, firstColumn + x, line, x * 3);
        }
      }
      int cell = rows.cell[firstRow + y];
      spread(lineSums, firstCell, lastCell, cell, rows.near[firstRow + y]);
      spread(lineSums, firstCell, lastCell, cell + 1, rows.far[firstRow + y]);
      Arrays.fill(lineSums, firstCell * 4, (lastCell + 1) * 4, 0);
    }
  }

  private void addPixel(double[] lineSums, int column, byte[] line, int at) {
    int to = columns.cell[column] * 4;
    double share = columns.near[column];
    for (int c = 0; c < 3; c++) {
      lineSums[to + c] += share * (line[at + c] & 0xff);
    }
    lineSums[to + 3] += share;
    double rest = columns.far[column];
    if (rest > 0) {
      for (int c = 0; c < 3; c++) {
        lineSums[to + 4 + c] += rest * (line[at + c] & 0xff);
      }
      lineSums[to + 7] += rest;
    }
  }

  private void spread(double[] lineSums, int firstCell, int lastCell, int row, double share) {
    if (share == 0) {
      return;
    }
    if (sums[row] == null) {
      sums[row] = new double[grid.columns() * 4];
    }
    for (int i = firstCell * 4; i < (lastCell + 1) * 4; i++) {
      sums[row][i] += share * lineSums[i];
    }
  }

  /** Rounds the rows of cells before {@code end} and lets their sums go. */
  private void finish(int end) {
    for (; finished < end; finished++) {
      double[] row = sums[finished];
      sums[finished] = null;
      for (int column = 0; column < grid.columns(); column++) {
        if (row == null || row[column * 4 + 3] == 0) {
          cells.fill(column, finished, 1, 1, Fill.BLACK, false);
        } else {
          cells.set(column, finished, mean(row, column * 4));
        }
      }
    }
  }

  private static int mean(double[] row, int at) {
    int colour = 0;
    for (int c = 0; c < 3; c++) {
      colour = colour << 8 | (int) Math.floor(row[at + c] / row[at + 3] + 0.5);
    }
    return colour;
  }

  /** Which cell each pixel of an axis falls in, with how much, and how much in the next cell. */
  private static final class Shares {
    final int[] cell;
    final double[] near;
    final double[] far;

    Shares(int pixels, double downsample, double cellPx, int cells) {
      cell = new int[pixels];
      near = new double[pixels];
      far = new double[pixels];
      for (int i = 0; i < pixels; i++) {
        double start = i * downsample;
        double end = start + downsample;
        cell[i] = Math.min((int) (start / cellPx), cells - 1);
        double border = (cell[i] + 1) * cellPx;
        near[i] = Math.min(end, border) - start;
        far[i] = cell[i] == cells - 1 ? 0 : Math.max(0, end - border);
        // Past the last cell: a level's pixels may overhang level 0 by a fraction.
        near[i] = Math.max(0, near[i]);
      }
    }

    int lastCell(int pixel) {
      return far[pixel] > 0 ? cell[pixel] + 1 : cell[pixel];
    }
  }
}
