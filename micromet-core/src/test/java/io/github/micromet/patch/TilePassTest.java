// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.CoordinateTiles;
import io.github.micromet.grid.Grid;
import io.github.micromet.pixels.BatchPool;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.tile.TileGrid;
import io.github.micromet.tissue.TissueMask;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tile grid's real cache, in the proportions of 512 tiles, 224 windows and 64 pixel cells. */
class TilePassTest {
  private static final int TILE = 64;
  private static final int WINDOW = 28;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aPassDecodesEachStoredTileOnceWithinThePlansCache(int readers) throws Exception {
    CoordinateTiles tiles = CoordinateTiles.of(3200, 3200, 1, TILE);
    Grid grid = Grid.covering(3200, 3200, 8);
    BitSet cells = new BitSet();
    cells.set(0, grid.cells());
    TissueMask mask = new TissueMask(grid, cells, List.of());
    ReadPlan plan = ReadPlan.patches(mask, tiles.info(), 0, WINDOW);
    long bytes = plan.cacheBytes(tiles.info());
    BatchPool pool = new BatchPool(2 * readers, 16, WINDOW);

    try (TileGrid slide = TileGrid.of(tiles, SlideOptions.DEFAULT.withCacheBytes(bytes));
        BatchReader reader = new BatchReader(slide, plan, grid.bands(64), 16, readers, pool)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        next.get().close();
      }
      assertThat(slide.tilesDecoded()).isEqualTo(50 * 50);
    }
  }
}
