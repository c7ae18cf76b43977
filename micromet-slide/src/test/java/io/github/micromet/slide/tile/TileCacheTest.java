// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.slide.RgbImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TileCacheTest {
  private static final int TILE_BYTES = 10 * 10 * 3 + TileCache.ENTRY_BYTES;

  private final List<Long> loaded = new ArrayList<>();

  @Test
  void theTileUnusedForLongestGoesFirst() throws IOException {
    TileCache cache = new TileCache(3 * TILE_BYTES);
    get(cache, 1);
    get(cache, 2);
    get(cache, 3);
    get(cache, 1);
    get(cache, 4);

    assertThat(has(cache, 2)).isFalse();
    assertThat(has(cache, 1)).isTrue();
    assertThat(has(cache, 3)).isTrue();
    assertThat(loaded).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void bytesAreCountedOnceInAndOnceOut() throws IOException {
    TileCache cache = new TileCache(5 * TILE_BYTES);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      get(cache, random.nextInt(12));
      assertThat(cache.heldBytes()).isLessThanOrEqualTo(5L * TILE_BYTES);
    }
    long there = 0;
    for (int i = 0; i < 12; i++) {
      there += has(cache, i) ? TILE_BYTES : 0;
    }
    assertThat(cache.heldBytes()).isEqualTo(there).isEqualTo(5L * TILE_BYTES);

    cache.clear();
    assertThat(cache.heldBytes()).isZero();
    get(cache, 1);
    assertThat(cache.heldBytes()).isEqualTo(TILE_BYTES);
  }

  @Test
  void aTileLargerThanTheRoomIsGivenButNotKept() throws IOException {
    TileCache cache = new TileCache(TILE_BYTES - 1);

    assertThat(get(cache, 1)).isInstanceOf(CachedTile.Decoded.class);
    assertThat(cache.heldBytes()).isZero();
  }

  @Test
  void aFailedLoadIsForgotten() throws IOException {
    TileCache cache = new TileCache(3 * TILE_BYTES);

    assertThatThrownBy(
            () ->
                cache.get(
                    new TileCache.Key(0, 1, 0),
                    () -> {
                      throw new IOException("disk");
                    }))
        .hasMessage("disk");
    assertThat(has(cache, 1)).isFalse();
    assertThat(get(cache, 1)).isInstanceOf(CachedTile.Decoded.class);
  }

  @Test
  void whoWaitsForALoadThatFailsLoadsItself() throws Exception {
    TileCache cache = new TileCache(3 * TILE_BYTES);
    TileCache.Key key = new TileCache.Key(0, 1, 0);
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      Callable<CachedTile> first =
          () ->
              cache.get(
                  key,
                  () -> {
                    loading.countDown();
                    awaitQuietly(waiting);
                    throw new IOException("interrupted");
                  });
      Future<CachedTile> failing = pool.submit(first);
      loading.await();
      Callable<CachedTile> second =
          () -> {
            waiting.countDown();
            return cache.get(key, () -> CachedTile.MISSING);
          };

      assertThat(pool.submit(second).get()).isEqualTo(CachedTile.MISSING);
      assertThatThrownBy(failing::get).hasMessageContaining("interrupted");
    } finally {
      pool.shutdownNow();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private CachedTile get(TileCache cache, long column) throws IOException {
    return cache.get(
        new TileCache.Key(0, column, 0),
        () -> {
          loaded.add(column);
          return new CachedTile.Decoded(new RgbImage(10, 10));
        });
  }

  private static boolean has(TileCache cache, long column) {
    return cache.has(new TileCache.Key(0, column, 0));
  }
}
