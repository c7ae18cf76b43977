// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A PNG or JPEG mask, held whole; alpha is not looked at. */
final class MaskRaster implements MaskPicture {
  // Half a gigabyte of RGB: a mask needs a pixel per cell, a few millions at most.
  private static final long MOST_PIXELS = 160_000_000;

  private final BufferedImage image;

  private MaskRaster(BufferedImage image) {
    this.image = image;
  }

  static MaskRaster read(Path file) {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        ImageInputStream in = new MemoryCacheImageInputStream(raw)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw failure(file, "is not a picture that can be read", null);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw failure(
              file,
              "has " + pixels + " pixels, more than the " + MOST_PIXELS + " a mask may have",
              null);
        }
        return new MaskRaster(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // The JDK's decoders answer some broken files with unchecked exceptions.
      throw failure(file, "cannot be decoded (" + e.getMessage() + ")", e);
    }
  }

  private static MicrometException failure(Path file, String problem, Throwable cause) {
    return new MicrometException(
        ErrorKind.INPUT,
        file.toString(),
        problem,
        "Give a PNG, JPEG or TIFF mask with a pixel per cell, or a little finer.",
        cause);
  }

  @Override
  public long width() {
    return image.getWidth();
  }

  @Override
  public long height() {
    return image.getHeight();
  }

  @Override
  public BitSet sample(long[] columns, long[] rows) {
    BitSet marked = new BitSet(rows.length * columns.length);
    Raster raster = image.getRaster();
    boolean palette = image.getColorModel() instanceof IndexColorModel;
    int colours = image.getColorModel().getNumColorComponents();
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns.length; c++) {
        int x = (int) columns[c];
        int y = (int) rows[r];
        // An index into a palette says nothing by itself; samples of 16 bits must not lose theirs.
        boolean set = palette ? (image.getRGB(x, y) & 0xffffff) != 0 : any(raster, x, y, colours);
        marked.set(r * columns.length + c, set);
      }
    }
    return marked;
  }

  private static boolean any(Raster raster, int x, int y, int colours) {
    for (int band = 0; band < colours; band++) {
      if (raster.getSample(x, y, band) != 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    // Nothing is open once the picture is in memory.
  }
}
