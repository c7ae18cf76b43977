// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import io.github.micromet.slide.codec.Codec;
import io.github.micromet.slide.codec.Photometric;
import io.github.micromet.slide.codec.TileLayout;
import java.io.IOException;

/**
 * What a directory says of its picture, checked: a layout that the decoders take, or a sentence why
 * not.
 *
 * @param width of the picture
 * @param height of the picture
 * @param tiled or in strips, which are tiles as wide as the picture
 * @param tile the layout of one
 */
record TiffLayout(long width, long height, boolean tiled, TileLayout tile) {
  static boolean isTiled(TiffDirectory directory) {
    return directory.has(Tag.TILE_WIDTH) && directory.has(Tag.TILE_LENGTH);
  }

  /**
   * Reads and checks the tags.
   *
   * @throws TiffException if Micromet does not read such pictures
   */
  static TiffLayout of(TiffDirectory directory) throws TiffException, IOException {
    long width = directory.number(Tag.IMAGE_WIDTH, 0);
    long height = directory.number(Tag.IMAGE_LENGTH, 0);
    if (width == 0 || height == 0) {
      throw unread(directory, "a picture of " + width + " x " + height);
    }
    Codec codec = codec(directory);
    int samples = samples(directory);
    Photometric photometric = photometric(directory, codec, samples);
    boolean planar = planar(directory, samples);
    boolean predictor = predictor(directory, codec);
    boolean jpeg = codec == Codec.JPEG;
    boolean webp = codec == Codec.WEBP;
    if ((jpeg || webp) && planar) {
      throw unread(directory, codec.words() + " in separate planes");
    }
    if (jpeg && samples != photometric.colours() || webp && photometric != Photometric.RGB) {
      throw unread(directory, samples + " samples of " + photometric + " in " + codec.words());
    }
    boolean tiled = isTiled(directory);
    long tileWidth = tiled ? directory.number(Tag.TILE_WIDTH, 0) : width;
    long tileHeight =
        tiled
            ? directory.number(Tag.TILE_LENGTH, 0)
            : Math.min(height, directory.number(Tag.ROWS_PER_STRIP, height));
    if (tileWidth == 0
        || tileHeight == 0
        || tileWidth > TileLayout.MAX_PIXELS
        || tileHeight > TileLayout.MAX_PIXELS
        || tileWidth * tileHeight > TileLayout.MAX_PIXELS) {
      throw new TiffException(
          "directory "
              + directory.index()
              + " holds "
              + (tiled ? "tiles of " : "strips of ")
              + tileWidth
              + " x "
              + tileHeight
              + "; Micromet reads up to "
              + (TileLayout.MAX_PIXELS >> 20)
              + " megapixels in one");
    }
    TileLayout tile =
        new TileLayout(
            codec, (int) tileWidth, (int) tileHeight, samples, photometric, predictor, planar);
    return new TiffLayout(width, height, tiled, tile);
  }

  /** The number of samples once it is known that they are bytes. */
  private static int samples(TiffDirectory directory) throws TiffException, IOException {
    long samples = directory.number(Tag.SAMPLES_PER_PIXEL, 1);
    long format = directory.number(Tag.SAMPLE_FORMAT, 1);
    long[] bits =
        directory.has(Tag.BITS_PER_SAMPLE)
            ? directory.numbers(Tag.BITS_PER_SAMPLE, 16)
            : new long[] {1};
    for (long b : bits) {
      if (b != 8 || format != 1) {
        throw unread(
            directory,
            samples
                + (samples == 1 ? " sample of " : " samples of ")
                + b
                + (format == 3 ? "-bit floating point" : " bits"));
      }
    }
    if (samples < 1 || samples > 4) {
      throw unread(directory, samples + " samples a pixel");
    }
    return (int) samples;
  }

  private static Photometric photometric(TiffDirectory directory, Codec codec, int samples)
      throws TiffException, IOException {
    long value = directory.number(Tag.PHOTOMETRIC, samples >= 3 ? 2 : 1);
    Photometric found =
        switch ((int) Math.min(value, 99)) {
          case 0 -> Photometric.MIN_IS_WHITE;
          case 1 -> Photometric.MIN_IS_BLACK;
          case 2 -> Photometric.RGB;
          case 6 -> Photometric.YCBCR;
          case 3 -> throw unread(directory, "palette colours");
          case 5 -> throw unread(directory, "printing inks (CMYK)");
          case 8, 9, 10 -> throw unread(directory, "CIE L*a*b* colours");
          default -> throw unread(directory, "photometric interpretation " + value);
        };
    if (samples < found.colours()) {
      throw unread(directory, samples + " samples of " + found);
    }
    if (found == Photometric.YCBCR && codec != Codec.JPEG) {
      throw unread(directory, "YCbCr outside JPEG (" + codec.words() + ")");
    }
    return found;
  }

  private static Codec codec(TiffDirectory directory) throws TiffException, IOException {
    long compression = directory.number(Tag.COMPRESSION, 1);
    int number = (int) Math.min(compression, 65536);
    return Codec.ofTiff(number)
        .orElseThrow(
            () ->
                new TiffException(
                    "directory "
                        + directory.index()
                        + " holds "
                        + nameOf(number)
                        + " (compression "
                        + compression
                        + "), which Micromet leaves to libopenslide"));
  }

  private static String nameOf(int compression) {
    return switch (compression) {
      case 2, 3, 4 -> "fax pages";
      case 6 -> "old-style JPEG";
      case 7 -> "JPEG";
      case 22610 -> "JPEG XR";
      case 32773 -> "PackBits";
      case 33003, 33004, 33005, 34712 -> "JPEG 2000";
      case 34925 -> "LZMA";
      case 50002, 52546 -> "JPEG XL";
      default -> "data of another kind";
    };
  }

  private static boolean planar(TiffDirectory directory, int samples)
      throws TiffException, IOException {
    long value = directory.number(Tag.PLANAR_CONFIGURATION, 1);
    if (value != 1 && value != 2) {
      throw unread(directory, "planar configuration " + value);
    }
    return value == 2 && samples > 1;
  }

  private static boolean predictor(TiffDirectory directory, Codec codec)
      throws TiffException, IOException {
    if (directory.number(Tag.FILL_ORDER, 1) != 1) {
      throw unread(directory, "bytes with their bits reversed (fill order 2)");
    }
    long value = directory.number(Tag.PREDICTOR, 1);
    if (value != 1 && value != 2) {
      throw unread(directory, "predictor " + value);
    }
    // TIFF gives a predictor no meaning elsewhere, and libtiff ignores it there.
    return value == 2 && (codec == Codec.LZW || codec == Codec.DEFLATE || codec == Codec.ZSTD);
  }

  private static TiffException unread(TiffDirectory directory, String what) {
    return new TiffException(
        "directory " + directory.index() + " holds " + what + "; Micromet reads 8-bit RGB or grey");
  }
}
