// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.lesion;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.grid.Grid;
import io.github.micromet.map.ProbabilityMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Non-maximum suppression by probability, with the results of MONAI's PathologyProbNMS, which looks
 * through the whole map for each detection; this sorts once.
 *
 * <p>The reference's sigma has no counterpart: MONAI 1.5 gives its Gaussian filter the map as
 * (batch, channel), so nothing is filtered whatever sigma is.
 *
 * <p>Threads: stateless.
 */
public final class ProbNms {
  private ProbNms() {}

  /**
   * The peaks, highest first; of equal ones the first in row-major order.
   *
   * @param threshold a peak is above it; not negative
   * @param box edge of the square, in cells, that a peak empties: it reaches box / 2 up and left
   *     and one cell less down and right (for an odd box as far)
   * @param level of the map, for the reference's coordinates
   * @throws MicrometException of kind INPUT if a probability is not a number
   */
  public static List<Detection> detect(ProbabilityMap map, double threshold, int box, int level) {
    double cellRef = Math.scalb(1.0, level);
    return detect(
        map, threshold, box, column -> (column + 0.5) * cellRef, row -> (row + 0.5) * cellRef);
  }

  /**
   * As the other, for a map whose cells are no level's pixels: the reference has no coordinates for
   * it, and those of the cell's centre take their place.
   */
  public static List<Detection> detect(ProbabilityMap map, double threshold, int box) {
    return detect(map, threshold, box, map.grid()::centreX0, map.grid()::centreY0);
  }

  private static List<Detection> detect(
      ProbabilityMap map,
      double threshold,
      int box,
      IntToDoubleFunction xRef,
      IntToDoubleFunction yRef) {
    if (!(threshold >= 0) || box <= 0) {
      throw new IllegalArgumentException("threshold " + threshold + " or box " + box);
    }
    Grid grid = map.grid();
    int before = box / 2;
    int after = box - before;
    BitSet emptied = new BitSet(grid.cells());
    List<Detection> found = new ArrayList<>();
    for (int at : candidates(map, threshold)) {
      if (emptied.get(at)) {
        continue;
      }
      int row = at / grid.columns();
      int column = at % grid.columns();
      found.add(
          new Detection(
              row,
              column,
              map.at(row, column),
              grid.centreX0(column),
              grid.centreY0(row),
              (long) xRef.applyAsDouble(column),
              (long) yRef.applyAsDouble(row)));
      int firstColumn = Math.max(column - before, 0);
      int endColumn = Math.min(column + after, grid.columns());
      int endRow = Math.min(row + after, grid.rows());
      for (int r = Math.max(row - before, 0); r < endRow; r++) {
        emptied.set(grid.index(r, firstColumn), grid.index(r, 0) + endColumn);
      }
    }
    return List.copyOf(found);
  }

  /** Cells above the threshold, highest first, equal ones in row-major order. */
  private static int[] candidates(ProbabilityMap map, double threshold) {
    double[] values = map.toArray();
    int above = 0;
    for (double value : values) {
      if (Double.isNaN(value)) {
        throw new MicrometException(
            ErrorKind.INPUT,
            "probability map",
            "has cells that are not a number (NaN)",
            "Check that the model fits the slide: its weights or its scaling overflow.");
      }
      above += value > threshold ? 1 : 0;
    }
    double[] ascending = Arrays.stream(values).filter(v -> v > threshold).sorted().toArray();
    // Counting placement keeps row-major order among equals without an object per cell.
    int[] taken = new int[above];
    int[] order = new int[above];
    for (int at = 0; at < values.length; at++) {
      if (values[at] > threshold) {
        int rank = above - endOfEquals(ascending, values[at]);
        order[rank + taken[rank]++] = at;
      }
    }
    return order;
  }

  private static int endOfEquals(double[] ascending, double value) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
