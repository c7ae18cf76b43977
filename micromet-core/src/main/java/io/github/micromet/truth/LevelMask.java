// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import io.github.micromet.truth.Annotation.Meaning;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * One level of the mask of outlines without its finer levels in memory: what reading that level of
 * the mask TIFF gives. A pixel of level n stands for the 2 x 2 of level n - 1 and has their most
 * frequent value, tumour on a tie. Areas that no edge crosses are filled, not painted.
 *
 * <p>Only one thing can differ from the file: where a level's width or height was rounded up, its
 * last column or row stands for pixels beyond the picture, which the file repeats from the last one
 * inside and this takes from the outlines.
 *
 * <p>Threads: stateless.
 */
public final class LevelMask {
  /** Blocks of up to 64 x 64 pixels of level 0 are painted at once. */
  private static final int PAINTED = 6;

  private final PolygonRaster raster;
  private final int level;
  private final int rows;
  private final int columns;
  private final byte[] mask;
  private final byte[] block = new byte[1 << 2 * PAINTED];

  private LevelMask(PolygonRaster raster, int level, int rows, int columns) {
    this.raster = raster;
    this.level = level;
    this.rows = rows;
    this.columns = columns;
    this.mask = new byte[Math.multiplyExact(rows, columns)];
  }

  /**
   * 1 where there is tumour and 0 elsewhere; see {@link Meaning}.
   *
   * @param level 0 to 20; one pixel is 2^level of level 0
   * @param rows of the answer, usually those of the slide's level
   * @param columns of the answer
   * @return rows x columns uint8, row by row
   */
  public static byte[] of(TruthPolygons truth, int level, int rows, int columns) {
    if (level < 0 || level > 20) {
      throw new IllegalArgumentException("a level is 0 to 20, not " + level);
    }
    LevelMask whole = new LevelMask(truth.raster(), level, rows, columns);
    int side = Integer.highestOneBit(Math.max(1, Math.max(rows, columns) - 1)) * 2;
    whole.fill(0, 0, side);
    return whole.mask;
  }

  /** A square of the answer, whose part beyond it is let be. */
  private void fill(int row, int column, int side) {
    if (row >= rows || column >= columns) {
      return;
    }
    int height = Math.min(side, rows - row);
    int width = Math.min(side, columns - column);
    OptionalInt value = constant(row, column, height, width);
    if (value.isPresent()) {
      for (int r = row; value.getAsInt() != 0 && r < row + height; r++) {
        Arrays.fill(mask, r * columns + column, r * columns + column + width, (byte) 1);
      }
    } else if (side == 1) {
      mask[row * columns + column] = (byte) value(level, row, column);
    } else {
      int half = side / 2;
      fill(row, column, half);
      fill(row, column + half, half);
      fill(row + half, column, half);
      fill(row + half, column + half, half);
    }
  }

  private OptionalInt constant(int row, int column, int height, int width) {
    long tall = (long) height << level;
    long wide = (long) width << level;
    if (tall > Integer.MAX_VALUE || wide > Integer.MAX_VALUE) {
      return OptionalInt.empty();
    }
    return raster.constant((long) column << level, (long) row << level, (int) wide, (int) tall);
  }

  /** The value of one pixel of a level. */
  private int value(int at, long row, long column) {
    int side = 1 << at;
    if (at <= PAINTED) {
      raster.paint(column << at, row << at, side, side, block);
      for (int s = side; s > 1; s /= 2) {
        halve(s);
      }
      return block[0];
    }
    OptionalInt one = raster.constant(column << at, row << at, side, side);
    return one.isPresent()
        ? one.getAsInt()
        : majority(
            value(at - 1, row * 2, column * 2)
                + value(at - 1, row * 2, column * 2 + 1)
                + value(at - 1, row * 2 + 1, column * 2)
                + value(at - 1, row * 2 + 1, column * 2 + 1));
  }

  /** The block's first s x s become s/2 x s/2, in place. */
  private void halve(int s) {
    int half = s / 2;
    for (int y = 0; y < half; y++) {
      for (int x = 0; x < half; x++) {
        int a = 2 * y * s + 2 * x;
        block[y * half + x] =
            (byte) majority(block[a] + block[a + 1] + block[a + s] + block[a + s + 1]);
      }
    }
  }

  private static int majority(int ofFour) {
    return ofFour >= 2 ? 1 : 0;
  }
}
