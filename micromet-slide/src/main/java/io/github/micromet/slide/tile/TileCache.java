// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tile;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Decoded tiles of one open slide, bounded in bytes; the one unused for longest goes first. The key
 * has no path: two handles never share.
 *
 * <p>Plain least-recently-used on purpose. Caches that judge by frequency (Caffeine was here) turn
 * new tiles away in favour of old ones, and a pass over a slide comes back to new tiles only: 2025
 * windows of 224 on 400 tiles decoded 2077 of them in 64 MiB, and 400 now.
 *
 * <p>Threads: safe for many; one tile is loaded by one thread while the others wait for it.
 */
final class TileCache {
  /** What an entry costs beside its pixels. */
  static final int ENTRY_BYTES = 128;

  record Key(int level, long column, long row) {}

  interface Loader {
    CachedTile load() throws IOException;
  }

  /** A tile that is there or on its way; {@code bytes} is 0 until it is there. */
  private static final class Entry {
    final CompletableFuture<CachedTile> tile = new CompletableFuture<>();
    long bytes;
  }

  private final long room;
  private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
  private long held; // of entries, guarded by it as they are

  TileCache(long bytes) {
    this.room = bytes;
  }

  CachedTile get(Key key, Loader loader) throws IOException {
    while (true) {
      Entry entry;
      boolean mine = false;
      synchronized (entries) {
        entry = entries.get(key);
        if (entry == null) {
          entry = new Entry();
          entries.put(key, entry);
          mine = true;
        }
      }
      if (mine) {
        return load(key, entry, loader);
      }
      try {
        return entry.tile.join();
      } catch (CompletionException e) {
        // The loading thread failed, perhaps by its own interrupt: try it ourselves.
        continue;
      }
    }
  }

  private CachedTile load(Key key, Entry entry, Loader loader) throws IOException {
    try {
      CachedTile tile = loader.load();
      admit(key, entry, bytes(tile));
      entry.tile.complete(tile);
      return tile;
    } finally {
      if (!entry.tile.isDone()) {
        synchronized (entries) {
          entries.remove(key, entry);
        }
        entry.tile.completeExceptionally(new IOException("not loaded"));
      }
    }
  }

  private void admit(Key key, Entry entry, long bytes) {
    synchronized (entries) {
      if (entries.get(key) != entry) {
        return; // cleared meanwhile
      }
      entry.bytes = bytes;
      held += bytes;
      Iterator<Entry> eldest = entries.values().iterator();
      while (held > room && eldest.hasNext()) {
        Entry old = eldest.next();
        if (old.bytes > 0) {
          held -= old.bytes;
          eldest.remove();
        }
      }
    }
  }

  private static long bytes(CachedTile tile) {
    return tile instanceof CachedTile.Decoded decoded
        ? ENTRY_BYTES + 3L * decoded.pixels().width() * decoded.pixels().height()
        : ENTRY_BYTES;
  }

  /** Whether the tile is there. */
  boolean has(Key key) {
    synchronized (entries) {
      Entry entry = entries.get(key);
      return entry != null && entry.bytes > 0;
    }
  }

  /** Bytes held, never more than the bound. */
  long heldBytes() {
    synchronized (entries) {
      return held;
    }
  }

  void clear() {
    synchronized (entries) {
      entries.clear();
      held = 0;
    }
  }
}
