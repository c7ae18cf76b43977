// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import io.github.micromet.slide.Level;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;

/**
 * One level of a slide in blocks of whole stored tiles, so that each is decoded once per visit and
 * a block never takes more than a few megabytes.
 */
final class LevelBlocks implements PixelSource {
  private static final int BLOCK_PIXELS = 1 << 20;
  private static final int BLOCK_ROWS = 1024;

  /** Below this the whole level is kept: it is visited several times. */
  private static final int KEPT_PIXELS = 1 << 24;

  private final Slide slide;
  private final Level level;
  private final int width;
  private final int height;

  private LevelBlocks(Slide slide, Level level) {
    this.slide = slide;
    this.level = level;
    this.width = Math.toIntExact(level.width());
    this.height = Math.toIntExact(level.height());
  }

  /** Read anew at each visit. */
  static PixelSource streamed(Slide slide, Level level) {
    return new LevelBlocks(slide, level);
  }

  /** For several visits: a small level is read once and kept, a large one is read each time. */
  static PixelSource of(Slide slide, Level level) {
    LevelBlocks blocks = new LevelBlocks(slide, level);
    if (level.width() * level.height() > KEPT_PIXELS) {
      return blocks;
    }
    return PixelSource.of(blocks.read(0, 0, blocks.width, blocks.height));
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public void visit(Visitor visitor) {
    int tileWidth = Math.min(level.tileWidth(), width);
    int rows = Math.min(Math.min(level.tileHeight(), height), BLOCK_ROWS);
    int atOnce = BLOCK_PIXELS / rows;
    int columns = atOnce < tileWidth ? atOnce : atOnce / tileWidth * tileWidth;
    for (int y = 0; y < height; y += rows) {
      for (int x = 0; x < width; x += columns) {
        int w = Math.min(columns, width - x);
        int h = Math.min(rows, height - y);
        visitor.block(x, y, read(x, y, w, h));
      }
    }
  }

  private RgbImage read(int x, int y, int w, int h) {
    // A region begins at a level-0 pixel; the nearest one rounds back to exactly x and y, because
    // a level never has more pixels than level 0.
    long x0 = Math.round(x * level.downsample());
    long y0 = Math.round(y * level.downsample());
    return slide.read(new Region(x0, y0, level.index(), w, h));
  }
}
