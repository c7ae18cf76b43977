// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.CoordinateTiles;
import io.github.micromet.grid.Grid;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.tissue.TissueMask;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TileDemandTest {
  @Test
  void aCacheOfThatManyTilesDecodesEachOnce() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 20; round++) {
      SlideInfo info = CoordinateTiles.of(5000 + random.nextInt(4000), 4000, 1, 512).info();
      ReadPlan plan = plan(info, random, 0.02 + 0.9 * random.nextDouble());
      long tiles = TileDemand.of(plan, info.level(0));

      Decodes kept = leastRecentlyUsed(plan, info.level(0), tiles);
      assertThat(kept.decodes).as("round %d", round).isEqualTo(kept.distinct);
    }
  }

  @Test
  void itIsAboutOneRowOfTilesTimesTheRowsAWindowTouches() {
    SlideInfo info = CoordinateTiles.of(10240, 8192, 1, 512).info();
    ReadPlan plan = plan(info, new SplittableRandom(1), 1);
    long tiles = TileDemand.of(plan, info.level(0));

    assertThat(tiles).isBetween(2L * 20, 3L * 20);
    assertThat(leastRecentlyUsed(plan, info.level(0), 20).decodes)
        .as("one row of tiles is not enough")
        .isGreaterThan(2 * 20 * 16);
  }

  private record Decodes(long decodes, long distinct) {}

  private static Decodes leastRecentlyUsed(ReadPlan plan, Level level, long tiles) {
    Map<Long, Boolean> cache = new LinkedHashMap<>(16, 0.75f, true);
    Set<Long> distinct = new HashSet<>();
    long decodes = 0;
    for (Window window : plan.windows()) {
      long lastX = Math.min(window.x0() + window.size(), level.width()) - 1;
      long lastY = Math.min(window.y0() + window.size(), level.height()) - 1;
      for (long y = Math.max(window.y0(), 0) / 512; y <= lastY / 512; y++) {
        for (long x = Math.max(window.x0(), 0) / 512; x <= lastX / 512; x++) {
          long tile = y << 32 | x;
          distinct.add(tile);
          if (cache.put(tile, true) == null) {
            decodes++;
          }
          if (cache.size() > tiles) {
            cache.remove(cache.keySet().iterator().next());
          }
        }
      }
    }
    return new Decodes(decodes, distinct.size());
  }

  private static ReadPlan plan(SlideInfo info, SplittableRandom random, double tissue) {
    Grid grid = Grid.covering(info.width(), info.height(), 64);
    BitSet cells = new BitSet();
    for (int at = 0; at < grid.cells(); at++) {
      cells.set(at, random.nextDouble() < tissue);
    }
    return ReadPlan.patches(new TissueMask(grid, cells, List.of()), info, 0, 224);
  }
}
