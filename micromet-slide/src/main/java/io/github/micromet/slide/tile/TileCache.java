// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Decoded tiles of one open slide, bounded in bytes. The key has no path: two handles never share.
 *
 * <p>Threads: safe for many; one tile is loaded by one thread while the others wait for it.
 */
final class TileCache {
  /** What an entry costs beside its pixels. */
  private static final int ENTRY_BYTES = 128;

  record Key(int level, long column, long row) {}

  interface Loader {
    CachedTile load() throws IOException;
  }

  private final Cache<Key, CachedTile> tiles;

  TileCache(long bytes) {
    this.tiles =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((Key key, CachedTile tile) -> bytes(tile))
            .executor(Runnable::run)
            .build();
  }

  private static int bytes(CachedTile tile) {
    return tile instanceof CachedTile.Decoded decoded
        ? ENTRY_BYTES + decoded.pixels().width() * decoded.pixels().height() * 3
        : ENTRY_BYTES;
  }

  CachedTile get(Key key, Loader loader) throws IOException {
    try {
      return tiles.get(
          key,
          k -> {
            try {
              return loader.load();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  boolean has(Key key) {
    return tiles.getIfPresent(key) != null;
  }

  void clear() {
    tiles.invalidateAll();
  }
}
