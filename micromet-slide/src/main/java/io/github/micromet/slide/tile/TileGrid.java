// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tile;

import io.github.micromet.slide.CorruptSlideException;
import io.github.micromet.slide.Fill;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.TileFault;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Makes regions of a driver's tiles: edges, gaps, corrupt tiles, and each tile decoded once while
 * the cache holds it.
 *
 * <p>Threads: safe for many readers; two that want the same tile decode it once. A region that is
 * exactly one tile is decoded straight into the picture unless the cache has it, and is not cached:
 * a pass of such regions never comes back to a tile.
 */
public final class TileGrid implements Slide {
  private final TileSource tiles;
  private final SlideInfo info;
  private final Fill fill;
  private final TileCache cache;
  private final Faults faults;
  private final LongAdder decoded = new LongAdder();
  private volatile boolean closed;

  private TileGrid(TileSource tiles, SlideOptions options) {
    this.tiles = tiles;
    this.info = tiles.info().withMpp(options.mpp());
    this.fill = options.fill();
    this.cache = new TileCache(options.cacheBytes());
    this.faults = new Faults(info);
  }

  /** A slide of those tiles; it owns them and closes them. */
  public static TileGrid of(TileSource tiles, SlideOptions options) {
    return new TileGrid(tiles, options);
  }

  @Override
  public String name() {
    return tiles.name();
  }

  @Override
  public SlideInfo info() {
    return info;
  }

  @Override
  public void readRegion(Region at, RgbImage into) {
    Level level = info.level(at.level());
    at.checkFits(into);
    checkOpen();
    // Farther away than the picture is wide is all the same: outside.
    long left = clamp(level.nearestPixel(at.x0()), -at.width(), level.width());
    long top = clamp(level.nearestPixel(at.y0()), -at.height(), level.height());
    into.markAllValid();
    try {
      if (!readWholeTile(level, left, top, into)) {
        readTiles(level, left, top, into);
      }
    } catch (IOException e) {
      checkOpen();
      throw unreadable(e);
    }
    fillOutside(level, left, top, into);
  }

  private static long clamp(long value, long low, long high) {
    return Math.max(low, Math.min(value, high));
  }

  /** The tiles under a region whose top left pixel is (left, top) of the level. */
  private void readTiles(Level level, long left, long top, RgbImage into) throws IOException {
    int tileWidth = level.tileWidth();
    int tileHeight = level.tileHeight();
    long right = Math.min(left + into.width(), level.width());
    long bottom = Math.min(top + into.height(), level.height());
    for (long y = Math.max(top, 0); y < bottom; ) {
      long row = y / tileHeight;
      long nextY = Math.min((row + 1) * tileHeight, bottom);
      for (long x = Math.max(left, 0); x < right; ) {
        long column = x / tileWidth;
        long nextX = Math.min((column + 1) * tileWidth, right);
        Place place =
            new Place(
                (int) (x % tileWidth),
                (int) (y % tileHeight),
                (int) (x - left),
                (int) (y - top),
                (int) (nextX - x),
                (int) (nextY - y));
        put(tile(level, column, row), place, into);
        x = nextX;
      }
      y = nextY;
    }
  }

  /** A rectangle of a tile and where it goes in the picture. */
  private record Place(int fromX, int fromY, int x, int y, int w, int h) {}

  private void put(CachedTile tile, Place at, RgbImage into) {
    if (tile instanceof CachedTile.Decoded stored) {
      into.copy(stored.pixels(), at.fromX, at.fromY, at.x, at.y, at.w, at.h);
    } else if (tile instanceof CachedTile.Missing) {
      into.fill(at.x, at.y, at.w, at.h, fill, false);
    } else {
      into.fill(at.x, at.y, at.w, at.h, Fill.WHITE, false);
    }
  }

  private CachedTile tile(Level level, long column, long row) throws IOException {
    TileCache.Key key = new TileCache.Key(level.index(), column, row);
    return cache.get(
        key,
        () -> {
          RgbImage pixels = new RgbImage(level.tileWidth(), level.tileHeight());
          return decode(level, column, row, pixels);
        });
  }

  private CachedTile decode(Level level, long column, long row, RgbImage pixels)
      throws IOException {
    if (faults.contains(level.index(), column, row)) {
      return CachedTile.CORRUPT;
    }
    try {
      if (tiles.readTile(level.index(), column, row, pixels) == TileSource.Tile.MISSING) {
        return CachedTile.MISSING;
      }
      decoded.increment();
      return new CachedTile.Decoded(pixels);
    } catch (BadTileException e) {
      faults.add(level, column, row, e.getMessage());
      return CachedTile.CORRUPT;
    }
  }

  /** The region that is one tile, decoded in place; false if it is not one or the cache has it. */
  private boolean readWholeTile(Level level, long left, long top, RgbImage into)
      throws IOException {
    boolean exact =
        into.width() == level.tileWidth()
            && into.height() == level.tileHeight()
            && left >= 0
            && top >= 0
            && left < level.width()
            && top < level.height()
            && left % level.tileWidth() == 0
            && top % level.tileHeight() == 0;
    if (!exact) {
      return false;
    }
    long column = left / level.tileWidth();
    long row = top / level.tileHeight();
    if (cache.has(new TileCache.Key(level.index(), column, row))) {
      return false;
    }
    CachedTile tile = decode(level, column, row, into);
    if (!(tile instanceof CachedTile.Decoded)) {
      put(tile, new Place(0, 0, 0, 0, into.width(), into.height()), into);
    }
    return true;
  }

  /** The four strips around the level. */
  private void fillOutside(Level level, long left, long top, RgbImage into) {
    int width = into.width();
    int height = into.height();
    int above = (int) Math.max(0, Math.min(-top, height));
    int before = (int) Math.max(0, Math.min(-left, width));
    int bottom = (int) Math.max(0, Math.min(level.height() - top, height));
    int right = (int) Math.max(0, Math.min(level.width() - left, width));
    into.fill(0, 0, width, above, fill, false);
    into.fill(0, bottom, width, height - bottom, fill, false);
    into.fill(0, 0, before, height, fill, false);
    into.fill(right, 0, width - right, height, fill, false);
  }

  @Override
  public Optional<RgbImage> associated(String name) {
    checkOpen();
    try {
      return tiles.associated(name);
    } catch (BadTileException e) {
      throw new CorruptSlideException(
          name(),
          "its picture \"" + name + "\" cannot be decoded: " + e.getMessage(),
          "The slide itself may be whole; copy the file again if you need the picture.",
          e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public List<TileFault> faults() {
    return faults.list();
  }

  /**
   * Stored tiles decoded so far; one that the cache lost and that was wanted again counts twice.
   */
  public long tilesDecoded() {
    return decoded.sum();
  }

  @Override
  public String identity() {
    return tiles.identity();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    cache.clear();
    try {
      tiles.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(name() + " is closed");
    }
  }

  private CorruptSlideException unreadable(IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return new CorruptSlideException(name(), "reading it was interrupted", "", e);
    }
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new CorruptSlideException(
        name(),
        "cannot be read (disk error, or changed since it was opened?): " + why,
        "Check the disk and copy the slide again.",
        e);
  }
}
