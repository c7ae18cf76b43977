// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.patch;

import io.github.micromet.slide.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many stored tiles must be kept for each to be decoded once, if the one unused longest goes
 * first: the most tiles that are touched from one use of a tile to its next.
 */
final class TileDemand {
  private final long[][] touched; // one entry per row of windows: its tiles, each once

  private TileDemand(long[][] touched) {
    this.touched = touched;
  }

  static long of(ReadPlan plan, Level level) {
    List<long[]> rows = new ArrayList<>();
    Set<Long> row = new HashSet<>();
    int current = -1;
    for (Window window : plan.windows()) {
      if (window.fills().row() != current) {
        close(row, rows);
        current = window.fills().row();
      }
      touch(window, level, row);
    }
    close(row, rows);
    return new TileDemand(rows.toArray(long[][]::new)).most();
  }

  private static void close(Set<Long> row, List<long[]> rows) {
    if (!row.isEmpty()) {
      rows.add(row.stream().mapToLong(Long::longValue).toArray());
      row.clear();
    }
  }

  private static void touch(Window window, Level level, Set<Long> tiles) {
    long left = (long) Math.floor(window.x0() / level.downsample() + 0.5);
    long top = (long) Math.floor(window.y0() / level.downsample() + 0.5);
    long lastX = Math.min(left + window.size(), level.width()) - 1;
    long lastY = Math.min(top + window.size(), level.height()) - 1;
    long columns = (level.width() + level.tileWidth() - 1) / level.tileWidth();
    for (long y = Math.max(top, 0) / level.tileHeight(); y <= lastY / level.tileHeight(); y++) {
      for (long x = Math.max(left, 0) / level.tileWidth(); x <= lastX / level.tileWidth(); x++) {
        tiles.add(y * columns + x);
      }
    }
  }

  private long most() {
    int[] nextUse = latestNextUse();
    long most = 0;
    for (int from = 0; from < touched.length; from++) {
      Set<Long> between = new HashSet<>();
      for (int row = from; row <= nextUse[from]; row++) {
        for (long tile : touched[row]) {
          between.add(tile);
        }
      }
      most = Math.max(most, between.size());
    }
    return most;
  }

  /** For each row of windows, the latest row in which one of its tiles is used the next time. */
  private int[] latestNextUse() {
    int[] latest = new int[touched.length];
    Map<Long, Integer> lastUse = new HashMap<>();
    for (int row = 0; row < touched.length; row++) {
      latest[row] = row;
      for (long tile : touched[row]) {
        Integer before = lastUse.put(tile, row);
        if (before != null) {
          latest[before] = Math.max(latest[before], row);
        }
      }
    }
    return latest;
  }
}
