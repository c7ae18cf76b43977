// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import java.util.ArrayDeque;
import java.util.BitSet;

/**
 * Pixels that a scanner or a file left empty: invalid ones, and exactly black ones that are
 * connected to the picture's border (by edges, through black or invalid pixels). Black in the
 * middle of a slide is ink or folded tissue and stays.
 */
final class FillPixels {
  private final int width;
  private final int height;
  private final BitSet dark; // row-major: black or invalid
  private final BitSet fill;
  private final ArrayDeque<int[]> runs = new ArrayDeque<>(); // row, first column, end column

  private FillPixels(int width, int height, BitSet dark, BitSet invalid) {
    this.width = width;
    this.height = height;
    this.dark = dark;
    this.fill = invalid;
  }

  /** The fill of a picture, row-major. */
  static BitSet of(PixelSource source) {
    int width = source.width();
    BitSet invalid = new BitSet();
    BitSet dark = new BitSet();
    source.visit(
        (firstColumn, firstRow, block) -> {
          boolean valid = block.isAllValid();
          for (int y = 0; y < block.height(); y++) {
            int at = (firstRow + y) * width + firstColumn;
            for (int x = 0; x < block.width(); x++, at++) {
              if (!valid && !block.isValid(x, y)) {
                invalid.set(at);
              } else if (block.at(x, y) == 0) {
                dark.set(at);
              }
            }
          }
        });
    dark.or(invalid);
    FillPixels fill = new FillPixels(width, source.height(), dark, invalid);
    fill.flood();
    return fill.fill;
  }

  private void flood() {
    BitSet open = (BitSet) dark.clone();
    for (int row = 0; row < height; row++) {
      boolean edge = row == 0 || row == height - 1;
      if (edge) {
        claim(open, row, 0, width);
      } else {
        claim(open, row, 0, 1);
        claim(open, row, width - 1, width);
      }
    }
    while (!runs.isEmpty()) {
      int[] run = runs.pop();
      if (run[0] > 0) {
        claim(open, run[0] - 1, run[1], run[2]);
      }
      if (run[0] < height - 1) {
        claim(open, run[0] + 1, run[1], run[2]);
      }
    }
  }

  /** Takes every open run of a row that meets the columns, with its whole length. */
  private void claim(BitSet open, int row, int firstColumn, int endColumn) {
    int start = row * width;
    for (int at = open.nextSetBit(start + firstColumn);
        at >= 0 && at < start + endColumn;
        at = open.nextSetBit(at)) {
      int first = Math.max(open.previousClearBit(at) + 1, start);
      int end = Math.min(open.nextClearBit(at), start + width);
      open.clear(first, end);
      fill.set(first, end);
      runs.push(new int[] {row, first - start, end - start});
    }
  }
}
