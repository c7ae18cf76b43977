// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.write;

/** How tiles are stored. */
public sealed interface TileCompression {
  /**
   * JPEG, YCbCr with halved chroma; pictures only.
   *
   * @param quality 1..100
   */
  record Jpeg(int quality) implements TileCompression {
    public Jpeg {
      if (quality < 1 || quality > 100) {
        throw new IllegalArgumentException("a JPEG quality is 1..100, not " + quality);
      }
    }
  }

  /** Deflate (TIFF 8), lossless. */
  record Deflate() implements TileCompression {}

  /** As they are. */
  record None() implements TileCompression {}
}
