// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.write;

import io.github.micromet.slide.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * One level's size, and where its tiles went. Sizes halve and round down, as libvips does, or are
 * those of a given slide. A level that is not stored only leads from one that is to the next.
 */
final class LevelTable {
  final long width;
  final long height;
  final int columns;
  final int rows;
  final boolean stored;
  final long[] at; // from the first byte of the tiles, rows x columns
  final long[] bytes;

  private LevelTable(long width, long height, int tile, boolean stored) {
    this.width = width;
    this.height = height;
    this.columns = Math.toIntExact((width + tile - 1) / tile);
    this.rows = Math.toIntExact((height + tile - 1) / tile);
    this.stored = stored;
    int tiles = stored ? Math.multiplyExact(columns, rows) : 0;
    this.at = new long[tiles];
    this.bytes = new long[tiles];
  }

  static List<LevelTable> pyramid(long width, long height, PyramidOptions options) {
    List<LevelTable> levels = new ArrayList<>();
    levels.add(new LevelTable(width, height, options.tile(), true));
    complete(levels, options);
    return levels;
  }

  /**
   * Levels of the sizes of a slide's, as far as each can be made by halving (rounding either way,
   * over levels that are not stored where the slide skips some), then more by halving.
   */
  static List<LevelTable> like(List<Level> slide, PyramidOptions options) {
    List<LevelTable> levels = new ArrayList<>();
    Level base = slide.get(0);
    levels.add(new LevelTable(base.width(), base.height(), options.tile(), true));
    for (Level next : slide.subList(1, slide.size())) {
      List<LevelTable> steps = steps(levels.get(levels.size() - 1), next, options.tile());
      if (steps.isEmpty()) {
        break;
      }
      levels.addAll(steps);
    }
    complete(levels, options);
    return levels;
  }

  /** The levels from one of ours to one of the slide's; empty if halving does not lead there. */
  private static List<LevelTable> steps(LevelTable from, Level to, int tile) {
    double ratio = Math.max((double) from.width / to.width(), (double) from.height / to.height());
    int halvings = (int) Math.round(Math.log(ratio) / Math.log(2));
    List<LevelTable> steps = new ArrayList<>();
    long w = from.width;
    long h = from.height;
    for (int left = halvings - 1; left >= 0; left--) {
      w = half(w, to.width() << left);
      h = half(h, to.height() << left);
      steps.add(new LevelTable(w, h, tile, left == 0));
    }
    return w == to.width() && h == to.height() ? steps : List.of();
  }

  /** Half of a length, rounded to whichever side is nearer to the wish. */
  private static long half(long length, long wish) {
    return Math.max(1, Math.min((length + 1) / 2, Math.max(length / 2, wish)));
  }

  private static void complete(List<LevelTable> levels, PyramidOptions options) {
    int tile = options.tile();
    int stored = (int) levels.stream().filter(level -> level.stored).count();
    LevelTable last = levels.get(levels.size() - 1);
    while ((last.width > 1 || last.height > 1)
        && (last.width > tile || last.height > tile || stored < options.minimumLevels())) {
      last = new LevelTable(Math.max(1, last.width / 2), Math.max(1, last.height / 2), tile, true);
      levels.add(last);
      stored++;
    }
  }

  boolean holds(long column, long row) {
    return column < columns && row < rows;
  }
}
