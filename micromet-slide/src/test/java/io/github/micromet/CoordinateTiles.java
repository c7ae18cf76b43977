// SPDX-License-Identifier: Apache-2.0
package io.github.micromet;

import io.github.micromet.slide.Level;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.tile.BadTileException;
import io.github.micromet.slide.tile.TileSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A slide whose pixels encode their own place: level (4 bits), x and y (10 bits each, so they
 * repeat every 1024 pixels). A read from the wrong place names itself. Parts of edge tiles beyond
 * the level hold {@link #BEYOND}, which must never reach a region.
 *
 * <p>Threads: safe for many readers; choose missing and bad tiles before reading.
 */
public final class CoordinateTiles implements TileSource {
  /** What tiles hold beyond the level's edge. Level 15 does not exist. */
  public static final int BEYOND = 0xffffff;

  private record Key(int level, long column, long row) {}

  private final SlideInfo info;
  private final Set<Key> missing = ConcurrentHashMap.newKeySet();
  private final Set<Key> bad = ConcurrentHashMap.newKeySet();
  private final AtomicLong reads = new AtomicLong();
  private volatile boolean closed;

  private CoordinateTiles(SlideInfo info) {
    this.info = info;
  }

  /** Levels halve, rounding down but never below 1 pixel; square tiles; 0.25 microns a pixel. */
  public static CoordinateTiles of(long width, long height, int levels, int tile) {
    List<Level> list = new ArrayList<>();
    for (int i = 0; i < levels; i++) {
      long w = Math.max(1, width >> i);
      long h = Math.max(1, height >> i);
      double downsample = ((double) width / w + (double) height / h) / 2;
      list.add(new Level(i, w, h, downsample, tile, tile));
    }
    return of(list);
  }

  /** Levels as given, at most 15. */
  public static CoordinateTiles of(List<Level> levels) {
    return new CoordinateTiles(
        new SlideInfo(
            "coordinates",
            "micromet",
            levels,
            Optional.of(Mpp.of(0.25)),
            OptionalDouble.of(40),
            new TreeMap<>(),
            new TreeSet<>()));
  }

  /** The colour of one pixel of a level, 0xRRGGBB. */
  public static int colour(int level, long x, long y) {
    return level << 20 | (int) (x & 1023) << 10 | (int) (y & 1023);
  }

  /** The place that a colour names, for messages. */
  public static String place(int colour) {
    return String.format(
        Locale.ROOT, "level %d (%d, %d)", colour >> 20, colour >> 10 & 1023, colour & 1023);
  }

  /** The file does not store that tile. */
  public CoordinateTiles withMissing(int level, long column, long row) {
    missing.add(new Key(level, column, row));
    return this;
  }

  /** That tile cannot be decoded. */
  public CoordinateTiles withBad(int level, long column, long row) {
    bad.add(new Key(level, column, row));
    return this;
  }

  /** Tiles asked for so far, missing and bad ones too. */
  public long reads() {
    return reads.get();
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public String name() {
    return "coordinates";
  }

  @Override
  public SlideInfo info() {
    return info;
  }

  @Override
  public Tile readTile(int level, long column, long row, RgbImage into) throws BadTileException {
    if (closed) {
      throw new IllegalStateException("read after close");
    }
    reads.incrementAndGet();
    Key key = new Key(level, column, row);
    if (bad.contains(key)) {
      throw new BadTileException("this tile is bad by design");
    }
    if (missing.contains(key)) {
      return Tile.MISSING;
    }
    Level of = info.level(level);
    for (int j = 0; j < into.height(); j++) {
      for (int i = 0; i < into.width(); i++) {
        long x = column * of.tileWidth() + i;
        long y = row * of.tileHeight() + j;
        boolean inside = x < of.width() && y < of.height();
        into.set(i, j, inside ? colour(level, x, y) : BEYOND);
      }
    }
    return Tile.STORED;
  }

  @Override
  public Optional<RgbImage> associated(String name) {
    return Optional.empty();
  }

  @Override
  public String identity() {
    return String.format(Locale.ROOT, "%064x", info.levels().hashCode() & 0xffffffffL);
  }

  @Override
  public void close() {
    closed = true;
  }
}
