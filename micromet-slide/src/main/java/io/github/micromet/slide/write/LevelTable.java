// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.write;

import java.util.ArrayList;
import java.util.List;

/** One level's size, and where its tiles went. Sizes halve and round down, as libvips does. */
final class LevelTable {
  final long width;
  final long height;
  final int columns;
  final int rows;
  final long[] at; // from the first byte of the tiles, rows x columns
  final long[] bytes;

  private LevelTable(long width, long height, int tile) {
    this.width = width;
    this.height = height;
    this.columns = Math.toIntExact((width + tile - 1) / tile);
    this.rows = Math.toIntExact((height + tile - 1) / tile);
    int tiles = Math.multiplyExact(columns, rows);
    this.at = new long[tiles];
    this.bytes = new long[tiles];
  }

  static List<LevelTable> pyramid(long width, long height, PyramidOptions options) {
    List<LevelTable> levels = new ArrayList<>();
    long w = width;
    long h = height;
    int tile = options.tile();
    levels.add(new LevelTable(w, h, tile));
    while ((w > 1 || h > 1) && (w > tile || h > tile || levels.size() < options.minimumLevels())) {
      w = Math.max(1, w / 2);
      h = Math.max(1, h / 2);
      levels.add(new LevelTable(w, h, tile));
    }
    return levels;
  }

  boolean holds(long column, long row) {
    return column < columns && row < rows;
  }
}
