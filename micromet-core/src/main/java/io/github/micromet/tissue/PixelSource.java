// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import io.github.micromet.slide.RgbImage;

/** A picture that may be too large to hold; it is looked at block by block, as often as needed. */
interface PixelSource {
  int width();

  int height();

  /** Shows every pixel once; blocks come row of blocks by row of blocks, from the left. */
  void visit(Visitor visitor);

  /** Sees one block, whose first pixel has that place in the picture. */
  @FunctionalInterface
  interface Visitor {
    void block(int firstColumn, int firstRow, RgbImage pixels);
  }

  /** A picture in memory: one block. */
  static PixelSource of(RgbImage image) {
    return new PixelSource() {
      @Override
      public int width() {
        return image.width();
      }

      @Override
      public int height() {
        return image.height();
      }

      @Override
      public void visit(Visitor visitor) {
        visitor.block(0, 0, image);
      }
    };
  }
}
