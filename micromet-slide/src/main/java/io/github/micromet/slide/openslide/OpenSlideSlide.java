// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.openslide;

import com.sun.jna.Memory;
import io.github.micromet.slide.ByteSource;
import io.github.micromet.slide.Fill;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.TileFault;
import io.github.micromet.slide.tile.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * A slide read by libopenslide. A region is read in slices, so the buffer beside the caller's
 * picture stays under 64 MiB.
 *
 * <p>Threads: safe for many readers at once, as {@link Slide} asks.
 */
final class OpenSlideSlide implements Slide {
  /** The squares in which libopenslide itself cuts a large region (openslide.c). */
  private static final int SLICE = 4096;

  private final OpenSlideHandle handle;
  private final ByteSource file;
  private final SlideInfo info;
  private final String identity;
  private final Fill fill;
  private final Faults faults;

  OpenSlideSlide(OpenSlideHandle handle, ByteSource file, String reader, SlideOptions options)
      throws IOException {
    this.handle = handle;
    this.file = file;
    this.fill = options.fill();
    this.info = Metadata.info(handle, reader, options.mpp());
    this.faults = new Faults(info);
    this.identity = Metadata.identity(info, file.size());
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public SlideInfo info() {
    return info;
  }

  @Override
  public void readRegion(Region at, RgbImage into) {
    Level level = info.level(at.level());
    at.checkFits(into);
    into.markAllValid();
    long left = level.nearestPixel(at.x0());
    long top = level.nearestPixel(at.y0());
    // A whole downsample puts any row on a level-0 pixel, so lower slices cut nothing between two.
    int rows = level.downsample() == Math.rint(level.downsample()) ? SLICE / 4 : SLICE;
    for (int y = 0; y < at.height(); y += rows) {
      for (int x = 0; x < at.width(); x += SLICE) {
        int width = Math.min(SLICE, at.width() - x);
        int height = Math.min(rows, at.height() - y);
        readSlice(level, new Slice(left + x, top + y, x, y, width, height), into);
      }
    }
  }

  /** A rectangle at (left, top) of a level that goes to (x, y) of the caller's picture. */
  private record Slice(long left, long top, int x, int y, int width, int height) {
    Slice within(long fromX, long fromY, long toX, long toY) {
      long a = Math.max(left, fromX);
      long b = Math.max(top, fromY);
      return new Slice(
          a,
          b,
          x + (int) (a - left),
          y + (int) (b - top),
          (int) (Math.min(left + width, toX) - a),
          (int) (Math.min(top + height, toY) - b));
    }
  }

  private void readSlice(Level level, Slice slice, RgbImage into) {
    boolean clean =
        !faults.touches(level, slice.left, slice.top, slice.width, slice.height)
            && read(level, slice, into, false).isEmpty();
    if (!clean) {
      readTiles(level, slice, into);
    }
  }

  /** Tile by tile, so that one that cannot be read costs no more than itself. */
  private void readTiles(Level level, Slice slice, RgbImage into) {
    into.fill(slice.x, slice.y, slice.width, slice.height, fill, false);
    Slice inside = slice.within(0, 0, level.width(), level.height());
    if (inside.width <= 0 || inside.height <= 0) {
      return;
    }
    int tileWidth = level.tileWidth();
    int tileHeight = level.tileHeight();
    long lastRow = (inside.top + inside.height - 1) / tileHeight;
    long lastColumn = (inside.left + inside.width - 1) / tileWidth;
    for (long row = inside.top / tileHeight; row <= lastRow; row++) {
      for (long column = inside.left / tileWidth; column <= lastColumn; column++) {
        Slice tile =
            inside.within(
                column * tileWidth,
                row * tileHeight,
                (column + 1) * tileWidth,
                (row + 1) * tileHeight);
        readTile(level, column, row, tile, into);
      }
    }
  }

  private void readTile(Level level, long column, long row, Slice tile, RgbImage into) {
    if (!faults.contains(level.index(), column, row)) {
      into.fill(tile.x, tile.y, tile.width, tile.height, fill, true);
      Optional<String> error = read(level, tile, into, true);
      if (error.isEmpty()) {
        return;
      }
      faults.add(level, column, row, error.get());
    }
    into.fill(tile.x, tile.y, tile.width, tile.height, Fill.WHITE, false);
  }

  private Optional<String> read(Level level, Slice slice, RgbImage into, boolean alone) {
    long x0 = (long) Math.rint(slice.left * level.downsample());
    long y0 = (long) Math.rint(slice.top * level.downsample());
    try (Memory argb = OpenSlideHandle.argb(slice.width, slice.height)) {
      OpenSlideHandle.Call<Boolean> call =
          (api, slide) -> {
            api.openslide_read_region(
                slide, argb, x0, y0, level.index(), slice.width, slice.height);
            return true;
          };
      Optional<String> error = alone ? handle.alone(call) : handle.shared(call);
      if (error.isEmpty()) {
        Argb.copy(argb, slice.width, slice.height, into, slice.x, slice.y, fill);
      }
      return error;
    }
  }

  @Override
  public Optional<RgbImage> associated(String name) {
    if (!info.associated().contains(name)) {
      return Optional.empty();
    }
    long[] width = new long[1];
    long[] height = new long[1];
    handle.ask(
        (api, slide) -> {
          api.openslide_get_associated_image_dimensions(slide, name, width, height);
          return true;
        });
    RgbImage image = new RgbImage(Math.toIntExact(width[0]), Math.toIntExact(height[0]));
    try (Memory argb = OpenSlideHandle.argb(width[0], height[0])) {
      Optional<String> error =
          handle.alone(
              (api, slide) -> {
                api.openslide_read_associated_image(slide, name, argb);
                return true;
              });
      if (error.isPresent()) {
        throw handle.corrupt("its picture '" + name + "' cannot be read: " + error.get());
      }
      Argb.copy(argb, image.width(), image.height(), image, 0, 0, fill);
    }
    return Optional.of(image);
  }

  @Override
  public List<TileFault> faults() {
    return faults.list();
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public void close() {
    handle.close();
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file.name(), e);
    }
  }
}
