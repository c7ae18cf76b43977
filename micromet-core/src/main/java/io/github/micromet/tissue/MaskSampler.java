// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.grid.Grid;
import io.github.micromet.slide.SlideInfo;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Locale;

/**
 * Lays a mask picture over the cells of a slide.
 *
 * <p>A picture of as many pixels as there are cells is taken cell for cell. Any other is stretched
 * over the whole slide, and a cell takes the pixel under its centre (no averaging; of two pixels,
 * the right or lower one). A pixel is tissue if any of its colours is not 0.
 */
final class MaskSampler {
  private static final double ASPECT_TOLERANCE = 0.02;
  private static final double BETWEEN_PIXELS = 1e-6;

  private MaskSampler() {}

  /**
   * The cells under which the picture is not black, row-major.
   *
   * @throws MicrometException of kind INPUT if the file cannot be read, or if its shape differs
   *     from the slide's by more than 2 % and more than one pixel
   */
  static BitSet sample(Path file, Grid grid, SlideInfo info) {
    try (MaskPicture picture = MaskPicture.open(file, grid)) {
      boolean cellForCell = picture.width() == grid.columns() && picture.height() == grid.rows();
      if (!cellForCell) {
        refuseOtherShape(file, picture, info);
      }
      long[] columns = new long[grid.columns()];
      for (int c = 0; c < columns.length; c++) {
        double place = grid.centreX0(c) / info.width();
        columns[c] = cellForCell ? c : pixel(place, picture.width());
      }
      long[] rows = new long[grid.rows()];
      for (int r = 0; r < rows.length; r++) {
        double place = grid.centreY0(r) / info.height();
        rows[r] = cellForCell ? r : pixel(place, picture.height());
      }
      return picture.sample(columns, rows);
    }
  }

  private static long pixel(double place, long pixels) {
    // A centre between two pixels, as in a mask twice as fine, takes the right or lower one,
    // whichever way the product was rounded.
    return Math.min((long) (place * pixels + BETWEEN_PIXELS), pixels - 1);
  }

  private static void refuseOtherShape(Path file, MaskPicture picture, SlideInfo info) {
    double expected = (double) picture.height() * info.width() / info.height();
    double off = Math.abs(picture.width() - expected);
    if (off > Math.max(1, ASPECT_TOLERANCE * expected)) {
      throw new MicrometException(
          ErrorKind.INPUT,
          file.toString(),
          String.format(
              Locale.ROOT,
              "is %d x %d (width x height), but the slide is %d x %d: the shapes differ by %.1f %%",
              picture.width(),
              picture.height(),
              info.width(),
              info.height(),
              100 * off / expected),
          "Give a mask of the whole slide, in the slide's orientation, of any resolution.");
    }
  }
}
