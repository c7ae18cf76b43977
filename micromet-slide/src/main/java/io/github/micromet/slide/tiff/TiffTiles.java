// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.codec.ScratchPool;
import io.github.micromet.slide.tile.BadTileException;
import io.github.micromet.slide.tile.TileSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stored tiles of a TIFF slide, whatever its dialect. Threads: safe for many readers. */
final class TiffTiles implements TileSource {
  private final TiffFile file;
  private final SlideInfo info;
  private final List<TiffImage> levels;
  private final Map<String, TiffImage> associated;
  private final String identity;
  private final ScratchPool pool;

  TiffTiles(
      TiffFile file,
      SlideInfo info,
      List<TiffImage> levels,
      Map<String, TiffImage> associated,
      String identity,
      ScratchPool pool) {
    this.file = file;
    this.info = info;
    this.levels = levels;
    this.associated = associated;
    this.identity = identity;
    this.pool = pool;
  }

  @Override
  public String name() {
    return file.source().name();
  }

  @Override
  public SlideInfo info() {
    return info;
  }

  @Override
  public Tile readTile(int level, long column, long row, RgbImage into)
      throws BadTileException, IOException {
    return levels.get(level).readTile(column, row, into);
  }

  @Override
  public Optional<RgbImage> associated(String name) throws BadTileException, IOException {
    TiffImage image = associated.get(name);
    return image == null ? Optional.empty() : Optional.of(image.readAll());
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public void close() throws IOException {
    pool.close();
    file.source().close();
  }
}
