// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

/**
 * The layout that all tiles of a level share: 8-bit samples, rows top to bottom.
 *
 * @param codec how the bytes are packed
 * @param width of a tile in pixels
 * @param height of a tile in pixels
 * @param samples of a pixel, the colour's and extra ones
 * @param photometric what they mean
 * @param predictor samples are stored as differences from the pixel to the left
 * @param planar each sample is a stored tile of its own
 */
public record TileLayout(
    Codec codec,
    int width,
    int height,
    int samples,
    Photometric photometric,
    boolean predictor,
    boolean planar) {
  /**
   * The largest tile: 64 megapixels, 192 MiB decoded. Scanners write tiles of 240 to 4096 pixels;
   * larger ones are single-strip images that no viewer opens as a slide.
   */
  public static final long MAX_PIXELS = 1L << 26;

  /** Headers, tables and colour profiles inside the stored tile. */
  private static final long SLACK_BYTES = 1 << 20;

  /**
   * @throws IllegalArgumentException if no decoder takes that layout; callers that read files say
   *     so in words first
   */
  public TileLayout {
    if (width <= 0 || height <= 0 || (long) width * height > MAX_PIXELS) {
      throw new IllegalArgumentException("a tile of " + width + " x " + height);
    }
    if (samples < photometric.colours() || samples > 4) {
      throw new IllegalArgumentException(samples + " samples of " + photometric);
    }
    if ((codec == Codec.JPEG || codec == Codec.WEBP) && (planar || predictor)) {
      throw new IllegalArgumentException(codec.words() + " is neither planar nor predicted");
    }
    if (photometric == Photometric.YCBCR && codec != Codec.JPEG) {
      throw new IllegalArgumentException("YCbCr outside JPEG");
    }
  }

  /** Bytes of one stored part once unpacked: the whole tile, or one plane of it. */
  public int unpackedBytes() {
    return width * height * (planar ? 1 : samples);
  }

  /** More stored bytes than that cannot be one such part: LZW at its worst takes 12 bits a byte. */
  public long maxStoredBytes() {
    return unpackedBytes() * 3L / 2 + SLACK_BYTES;
  }
}
