// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.grid.Grid;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * A mask in a TIFF, as the CAMELYON tools write them: one level is read, row by row, of which only
 * the wanted pixels are kept. Missing and corrupt tiles are no tissue.
 */
final class MaskPyramid implements MaskPicture {
  // Columns read at once: the tiles under them stay in the slide's cache from row to row.
  private static final int SPAN = 4096;

  private final Slide slide;
  private final Level level;

  private MaskPyramid(Slide slide, Level level) {
    this.slide = slide;
    this.level = level;
  }

  static MaskPyramid open(Path file, Grid grid) {
    Slide slide = Slides.open(file, SlideOptions.DEFAULT);
    Level best = slide.info().level(0);
    for (Level level : slide.info().levels()) {
      // The coarsest that has a pixel per cell: exact where the mask has the slide's own pyramid.
      if (level.width() >= grid.columns() && level.height() >= grid.rows()) {
        best = level;
      }
    }
    return new MaskPyramid(slide, best);
  }

  @Override
  public long width() {
    return level.width();
  }

  @Override
  public long height() {
    return level.height();
  }

  @Override
  public BitSet sample(long[] columns, long[] rows) {
    BitSet marked = new BitSet(rows.length * columns.length);
    for (int first = 0; first < columns.length; ) {
      int end = first + 1;
      while (end < columns.length && columns[end] - columns[first] < SPAN) {
        end++;
      }
      for (int r = 0; r < rows.length; r++) {
        sampleRow(columns, first, end, rows[r], marked, r * columns.length);
      }
      first = end;
    }
    if (!slide.faults().isEmpty()) {
      throw new MicrometException(
          ErrorKind.INPUT,
          slide.name(),
          slide.faults().size() + " tiles of the mask cannot be decoded",
          "Write the mask again; with a part missing, tissue would be missed without a word.");
    }
    return marked;
  }

  private void sampleRow(
      long[] columns, int first, int end, long row, BitSet marked, int firstMark) {
    int width = (int) (columns[end - 1] - columns[first] + 1);
    long x0 = Math.round(columns[first] * level.downsample());
    long y0 = Math.round(row * level.downsample());
    RgbImage line = slide.read(new Region(x0, y0, level.index(), width, 1));
    for (int c = first; c < end; c++) {
      int x = (int) (columns[c] - columns[first]);
      marked.set(firstMark + c, line.isValid(x, 0) && line.at(x, 0) != 0);
    }
  }

  @Override
  public void close() {
    slide.close();
  }
}
