// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Cells whose exact Euclidean distance to the nearest tumour cell is below a limit, kept only in
 * the rectangle around them.
 *
 * <p>The reference makes the whole distance map (scipy's distance_transform_edt) and compares it;
 * only the comparison matters, and it is exact in whole numbers: a column's nearest tumour cell at
 * vertical distance g makes the cells of the row within w near, where w is the largest whole number
 * with sqrt(g^2 + w^2) below the limit. Two passes over two bytes a cell. No library: OpenCV's
 * transform is float32, and eval uses no native code.
 *
 * @param top first row of the rectangle in the mask
 * @param left first column of the rectangle in the mask
 * @param rows of the rectangle
 * @param columns of the rectangle
 * @param near rows x columns, 1 where near, 0 elsewhere; row-major
 */
record GrownTumour(int top, int left, int rows, int columns, byte[] near) {
  private static final GrownTumour NOTHING = new GrownTumour(0, 0, 0, 0, new byte[0]);

  /**
   * @param tumour which values (0..255) are tumour
   * @param limit in cells; near is strictly below it
   */
  static GrownTumour of(TumourMask mask, IntPredicate tumour, double limit) {
    long most = mostSquared(limit);
    int reach = most < 0 ? 0 : (int) floorRoot(most);
    boolean[] isTumour = new boolean[256];
    for (int value = 0; value < isTumour.length; value++) {
      isTumour[value] = tumour.test(value);
    }
    int[] box = box(mask, isTumour); // top, left, bottom, right of the tumour itself
    if (most < 0 || box[2] < 0) {
      return NOTHING;
    }
    // One cell more, so that the background around the tumour is in one piece.
    int top = Math.max(0, box[0] - reach - 1);
    int left = Math.max(0, box[1] - reach - 1);
    int rows = Math.min(mask.rows(), box[2] + reach + 2) - top;
    int columns = Math.min(mask.columns(), box[3] + reach + 2) - left;
    GrownTumour grown =
        new GrownTumour(top, left, rows, columns, new byte[Math.multiplyExact(rows, columns)]);
    grown.grow(mask, isTumour, most, reach);
    return grown;
  }

  /**
   * What scipy 1.17 gives for a mask without any tumour: distances are measured to a cell at row
   * -1, column 0, which is not there.
   */
  static GrownTumour phantom(TumourMask mask, double limit) {
    long most = mostSquared(limit);
    if (most < 1) {
      return NOTHING;
    }
    int reach = (int) floorRoot(most);
    int rows = Math.min(mask.rows(), reach + 1);
    int columns = Math.min(mask.columns(), reach + 1);
    byte[] near = new byte[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        long squared = (row + 1L) * (row + 1L) + (long) column * column;
        near[row * columns + column] = (byte) (squared <= most ? 1 : 0);
      }
    }
    return new GrownTumour(0, 0, rows, columns, near);
  }

  boolean isEmpty() {
    return rows == 0;
  }

  private void grow(TumourMask mask, boolean[] tumour, long most, int reach) {
    int far = reach + 1;
    if (far > Short.MAX_VALUE) {
      throw new IllegalArgumentException("a growth of " + reach + " cells");
    }
    short[] vertical = verticalDistances(mask, tumour, far);
    int[] width = new int[far];
    for (int g = 0; g <= reach; g++) {
      width[g] = (int) floorRoot(most - (long) g * g);
    }
    int[] steps = new int[columns + 1]; // +1 where a run of near cells begins, -1 behind its end
    for (int row = 0; row < rows; row++) {
      Arrays.fill(steps, 0);
      for (int column = 0; column < columns; column++) {
        int g = vertical[row * columns + column];
        if (g < far) {
          steps[Math.max(0, column - width[g])]++;
          steps[Math.min(columns, column + width[g] + 1)]--;
        }
      }
      int open = 0;
      for (int column = 0; column < columns; column++) {
        open += steps[column];
        near[row * columns + column] = (byte) (open > 0 ? 1 : 0);
      }
    }
  }

  /** Rows to the nearest tumour cell of the same column, at most {@code far}. */
  private short[] verticalDistances(TumourMask mask, boolean[] tumour, int far) {
    short[] distances = new short[near.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int at = row * columns + column;
        int value = mask.values()[(top + row) * mask.columns() + left + column] & 0xff;
        int above = row == 0 ? far : distances[at - columns];
        distances[at] = (short) (tumour[value] ? 0 : Math.min(far, above + 1));
      }
    }
    for (int at = distances.length - columns - 1; at >= 0; at--) {
      distances[at] = (short) Math.min(distances[at], distances[at + columns] + 1);
    }
    return distances;
  }

  private static int[] box(TumourMask mask, boolean[] tumour) {
    int[] box = {Integer.MAX_VALUE, Integer.MAX_VALUE, -1, -1};
    for (int row = 0; row < mask.rows(); row++) {
      int start = row * mask.columns();
      for (int column = 0; column < mask.columns(); column++) {
        if (tumour[mask.values()[start + column] & 0xff]) {
          box[0] = Math.min(box[0], row);
          box[1] = Math.min(box[1], column);
          box[2] = row;
          box[3] = Math.max(box[3], column);
        }
      }
    }
    return box;
  }

  /** The largest whole number whose root is below the limit; -1 if there is none. */
  private static long mostSquared(double limit) {
    if (!(limit > 0)) {
      return -1;
    }
    long most = (long) Math.ceil(limit * limit) + 1;
    while (most >= 0 && !(Math.sqrt(most) < limit)) {
      most--;
    }
    return most;
  }

  private static long floorRoot(long square) {
    long root = (long) Math.sqrt((double) square);
    while (root * root > square) {
      root--;
    }
    return root;
  }
}
