// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.write.MaskPainter;
import io.github.micromet.slide.write.PyramidOptions;
import io.github.micromet.slide.write.PyramidTiffWriter;
import io.github.micromet.slide.write.TileCompression;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Outlines -> a pyramidal mask TIFF, the form in which FROC takes its truth: deflate, tiles of 512,
 * one uint8 a pixel. Memory is a few tiles however large the slide.
 *
 * <p>Threads: stateless.
 */
public final class MaskTiff {
  private MaskTiff() {}

  /**
   * Writes the mask of a slide; level by level as large as the slide's own where halving allows,
   * see {@link PyramidTiffWriter#writeMask(Path, java.util.List, PyramidOptions, MaskPainter)}.
   *
   * @param value of tumour, 1 to 255; MONAI's evaluation asks for 1 and CAMELYON16's for 255
   * @throws MicrometException of kind RESOURCE if the file cannot be written
   */
  public static void write(Path file, TruthPolygons truth, SlideInfo slide, int value) {
    PyramidOptions options = options(value);
    if (slide.mpp().isPresent()) {
      options = options.withMpp(slide.mpp().get());
    }
    PyramidTiffWriter.writeMask(file, slide.levels(), options, painter(truth, value));
  }

  /**
   * Writes the mask of a slide that is not at hand; each level is half the one before, rounded
   * down.
   *
   * @param width of level 0
   * @param height of level 0
   * @param value of tumour, 1 to 255
   * @throws MicrometException of kind RESOURCE if the file cannot be written
   */
  public static void write(Path file, TruthPolygons truth, long width, long height, int value) {
    PyramidTiffWriter.writeMask(file, width, height, options(value), painter(truth, value));
  }

  private static PyramidOptions options(int value) {
    if (value < 1 || value > 255) {
      throw new IllegalArgumentException("tumour is 1 to 255, not " + value);
    }
    return PyramidOptions.of(new TileCompression.Deflate())
        .withDescription("Mask: " + value + " is tumour.");
  }

  private static MaskPainter painter(TruthPolygons truth, int value) {
    PolygonRaster raster = truth.raster();
    return new MaskPainter() {
      @Override
      public void paint(long x0, long y0, int width, int height, byte[] into) {
        raster.paint(x0, y0, width, height, into);
        for (int i = 0; value != 1 && i < width * height; i++) {
          into[i] = (byte) (into[i] * value);
        }
      }

      @Override
      public OptionalInt constant(long x0, long y0, int width, int height) {
        OptionalInt one = raster.constant(x0, y0, width, height);
        return one.isPresent() ? OptionalInt.of(one.getAsInt() * value) : one;
      }
    };
  }
}
