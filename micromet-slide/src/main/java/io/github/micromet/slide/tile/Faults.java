// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tile;

import io.github.micromet.slide.Level;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.TileFault;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** Corrupt tiles of a slide, each once, for as long as it is open. Threads: safe for many. */
public final class Faults {
  private record Key(int level, long row, long column) {}

  private static final Comparator<Key> ORDER =
      Comparator.comparingInt(Key::level)
          .thenComparingLong(Key::row)
          .thenComparingLong(Key::column);

  private final ConcurrentSkipListMap<Key, TileFault> faults = new ConcurrentSkipListMap<>(ORDER);
  private final SlideInfo info;

  /** None yet, of the slide that this describes. */
  public Faults(SlideInfo info) {
    this.info = info;
  }

  /** Whether that tile is known to be corrupt. */
  public boolean contains(int level, long column, long row) {
    return !faults.isEmpty() && faults.containsKey(new Key(level, row, column));
  }

  /** Adds a tile unless it is there; the first reason stays. */
  public void add(Level level, long column, long row, String reason) {
    // Outwards to whole level-0 pixels, so that no window that it touches is left out.
    double ratio = level.downsample();
    long x = column * level.tileWidth();
    long y = row * level.tileHeight();
    long x0 = (long) Math.floor(x * ratio);
    long y0 = (long) Math.floor(y * ratio);
    long right = (long) Math.ceil(Math.min(x + level.tileWidth(), level.width()) * ratio);
    long bottom = (long) Math.ceil(Math.min(y + level.tileHeight(), level.height()) * ratio);
    long width = Math.min(right, info.width()) - x0;
    long height = Math.min(bottom, info.height()) - y0;
    faults.putIfAbsent(
        new Key(level.index(), row, column),
        new TileFault(level.index(), column, row, x0, y0, width, height, reason));
  }

  /** Whether a known one touches a rectangle given in pixels of its level. */
  public boolean touches(Level level, long left, long top, int width, int height) {
    for (Key key : faults.keySet()) {
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

  /** All so far, in order of level, row, column. */
  public List<TileFault> list() {
    return List.copyOf(faults.values());
  }
}
