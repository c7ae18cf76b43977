// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.openslide;

import io.github.micromet.slide.Level;
import io.github.micromet.slide.TileFault;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** Tiles that libopenslide could not read, each once. Threads: safe for many. */
final class Faults {
  private record Key(int level, long row, long column) {}

  private final ConcurrentSkipListMap<Key, TileFault> known =
      new ConcurrentSkipListMap<>(
          Comparator.comparingInt(Key::level)
              .thenComparingLong(Key::row)
              .thenComparingLong(Key::column));

  void add(Level level, long column, long row, String reason) {
    double downsample = level.downsample();
    TileFault fault =
        new TileFault(
            level.index(),
            column,
            row,
            Math.round(column * level.tileWidth() * downsample),
            Math.round(row * level.tileHeight() * downsample),
            Math.round(level.tileWidth() * downsample),
            Math.round(level.tileHeight() * downsample),
            reason);
    known.putIfAbsent(new Key(level.index(), row, column), fault);
  }

  boolean holds(Level level, long column, long row) {
    return known.containsKey(new Key(level.index(), row, column));
  }

  /** Whether a known fault touches a rectangle given in pixels of its level. */
  boolean touch(Level level, long left, long top, int width, int height) {
    for (Key key : known.keySet()) {
      long x = key.column * level.tileWidth();
      long y = key.row * level.tileHeight();
      if (key.level == level.index()
          && x < left + width
          && x + level.tileWidth() > left
          && y < top + height
          && y + level.tileHeight() > top) {
        return true;
      }
    }
    return false;
  }

  List<TileFault> all() {
    return List.copyOf(known.values());
  }
}
