// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import io.github.micromet.slide.ByteSource;
import io.github.micromet.slide.Fill;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.codec.CodecException;
import io.github.micromet.slide.codec.ScratchPool;
import io.github.micromet.slide.codec.StoredBytes;
import io.github.micromet.slide.codec.TileDecoder;
import io.github.micromet.slide.codec.TileLayout;
import io.github.micromet.slide.tile.BadTileException;
import io.github.micromet.slide.tile.TileSource.Tile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One picture of the file: where its tiles lie and how to decode them. Threads: safe for many. */
final class TiffImage {
  private static final int MAX_JPEG_TABLES = 1 << 16;

  private final ByteSource file;
  private final long fileBytes;
  private final TiffLayout layout;
  private final long across;
  private final long down;
  private final long[] offsets; // row by row; plane after plane where planar
  private final long[] counts;
  private final TileDecoder decoder;

  private TiffImage(TiffFile file, TiffLayout layout, long[][] tables, TileDecoder decoder) {
    this.file = file.source();
    this.fileBytes = file.bytes();
    this.layout = layout;
    this.across = across(layout);
    this.down = down(layout);
    this.offsets = tables[0];
    this.counts = tables[1];
    this.decoder = decoder;
  }

  /**
   * Reads the tile tables of a directory.
   *
   * @throws TiffException if its layout is not read here or its tables are too short
   */
  static TiffImage of(TiffFile file, TiffDirectory directory, ScratchPool pool)
      throws TiffException, IOException {
    TiffLayout layout = TiffLayout.of(directory);
    TileLayout tile = layout.tile();
    int planes = tile.planar() ? tile.samples() : 1;
    long tiles = across(layout) * down(layout);
    if (tiles > Integer.MAX_VALUE / planes) {
      throw new TiffException(
          "directory "
              + directory.index()
              + " claims "
              + layout.width()
              + " x "
              + layout.height()
              + " pixels in "
              + tiles
              + " tiles");
    }
    boolean tileTags = directory.has(Tag.TILE_OFFSETS);
    long[] offsets =
        table(directory, tileTags ? Tag.TILE_OFFSETS : Tag.STRIP_OFFSETS, tiles * planes);
    int countTag = tileTags ? Tag.TILE_BYTE_COUNTS : Tag.STRIP_BYTE_COUNTS;
    long[] counts = table(directory, countTag, tiles * planes);
    byte[] shared = directory.bytes(Tag.JPEG_TABLES, MAX_JPEG_TABLES);
    try {
      TileDecoder decoder = TileDecoder.of(tile, shared, pool);
      return new TiffImage(file, layout, new long[][] {offsets, counts}, decoder);
    } catch (CodecException e) {
      throw new TiffException("directory " + directory.index() + ": " + e.getMessage());
    }
  }

  private static long[] table(TiffDirectory directory, int tag, long needed)
      throws TiffException, IOException {
    long[] values = directory.numbers(tag, needed);
    if (values.length < needed) {
      throw new TiffException(
          "tag "
              + tag
              + " of directory "
              + directory.index()
              + " lists "
              + values.length
              + " tiles, its picture has "
              + needed);
    }
    return values;
  }

  private static long across(TiffLayout layout) {
    return (layout.width() + layout.tile().width() - 1) / layout.tile().width();
  }

  private static long down(TiffLayout layout) {
    return (layout.height() + layout.tile().height() - 1) / layout.tile().height();
  }

  TiffLayout layout() {
    return layout;
  }

  /** As {@code TileSource.readTile}. */
  Tile readTile(long column, long row, RgbImage into) throws BadTileException, IOException {
    if (column < 0 || row < 0 || column >= across || row >= down) {
      throw new IllegalArgumentException("there is no tile " + column + ", " + row);
    }
    int planes = layout.tile().planar() ? layout.tile().samples() : 1;
    int first = Math.toIntExact(row * across + column);
    int plane = Math.toIntExact(across * down);
    List<StoredBytes> parts = new ArrayList<>(planes);
    int missing = 0;
    for (int p = 0; p < planes; p++) {
      int i = first + p * plane;
      if (counts[i] == 0) {
        missing++;
      } else {
        parts.add(part(i));
      }
    }
    if (missing == planes) {
      return Tile.MISSING;
    }
    if (missing > 0) {
      throw new BadTileException(missing + " of its " + planes + " planes are not stored");
    }
    try {
      decoder.decode(parts, storedRows(row), into);
    } catch (CodecException e) {
      throw new BadTileException(e.getMessage(), e);
    }
    return Tile.STORED;
  }

  /** Tiles are stored whole; the last strip ends with the picture. */
  private int storedRows(long row) {
    int height = layout.tile().height();
    return layout.tiled() ? height : (int) Math.min(height, layout.height() - row * height);
  }

  private StoredBytes part(int i) throws BadTileException {
    long length = counts[i];
    long most = layout.tile().maxStoredBytes();
    if (length > most) {
      throw new BadTileException("it claims " + length + " bytes, its layout has at most " + most);
    }
    if (offsets[i] > fileBytes - length) {
      throw new BadTileException(
          "its bytes "
              + offsets[i]
              + " to "
              + (offsets[i] + length)
              + " lie beyond the end of the file ("
              + fileBytes
              + " bytes; cut short?)");
    }
    return new StoredBytes(file, offsets[i], (int) length);
  }

  /**
   * The whole picture; missing tiles are white and invalid.
   *
   * @throws BadTileException if one tile cannot be decoded
   */
  RgbImage readAll() throws BadTileException, IOException {
    RgbImage all = new RgbImage((int) layout.width(), (int) layout.height());
    all.fill(Fill.WHITE, false);
    RgbImage tile = new RgbImage(layout.tile().width(), layout.tile().height());
    for (long row = 0; row < down; row++) {
      for (long column = 0; column < across; column++) {
        if (readTile(column, row, tile) == Tile.STORED) {
          int x = (int) column * tile.width();
          int y = (int) row * tile.height();
          int w = Math.min(tile.width(), all.width() - x);
          int h = Math.min(tile.height(), all.height() - y);
          all.copy(tile, 0, 0, x, y, w, h);
        }
      }
    }
    return all;
  }

  /** Whether {@link #readAll} would be bounded: a picture beside the pyramid is small. */
  boolean isSmall() {
    return layout.width() <= TileLayout.MAX_PIXELS
        && layout.height() <= TileLayout.MAX_PIXELS
        && layout.width() * layout.height() <= TileLayout.MAX_PIXELS;
  }
}
