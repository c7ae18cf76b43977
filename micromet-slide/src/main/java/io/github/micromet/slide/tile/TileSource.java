// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tile;

import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.SlideInfo;
import java.io.IOException;
import java.util.Optional;

/**
 * What a driver supplies: stored tiles, whole. {@code TileGrid} makes it a slide.
 *
 * <p>Threads: safe for many readers at once.
 */
public interface TileSource extends AutoCloseable {
  /** The file's name without its folder. */
  String name();

  SlideInfo info();

  /** What became of a tile. */
  enum Tile {
    /** Decoded into the picture. */
    STORED,
    /** The file does not store it: sparse pyramids leave out empty tiles. */
    MISSING
  }

  /**
   * Decodes one tile; {@code into} is tileWidth x tileHeight of the level. Parts beyond the level's
   * edge may hold anything.
   *
   * @throws BadTileException if it is stored but cannot be decoded
   * @throws IOException if the file cannot be read at all
   */
  Tile readTile(int level, long column, long row, RgbImage into)
      throws BadTileException, IOException;

  /**
   * The picture of that name beside the pyramid.
   *
   * @throws BadTileException if it is stored but cannot be decoded
   */
  Optional<RgbImage> associated(String name) throws BadTileException, IOException;

  /** Hexadecimal SHA-256 over directories, tile tables and length. */
  String identity();

  @Override
  void close() throws IOException;
}
