// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import java.nio.ByteBuffer;

/**
 * What is checked of a JPEG before a decoder sees it: that its segments lie inside it and that its
 * frame has the tile's size, so that the decoder's memory is known.
 */
final class JpegHeader {
  /** Encoders write about 10; each costs a pass over all coefficients. */
  private static final int MAX_SCANS = 64;

  private JpegHeader() {}

  /**
   * Walks the segments up to the first scan. Markers that would choose another colour space than
   * the directory's (JFIF, Adobe) are renamed to one that decoders skip.
   *
   * @param stream the whole JPEG, from 0 to its limit
   * @param from offset of the first segment
   * @param components that the frame must have
   * @param width that the frame must have
   * @param rows that the frame must have, unless it has the layout's height
   * @return the frame's height
   */
  static int check(
      ByteBuffer stream, int from, int components, int width, int rows, TileLayout layout)
      throws CodecException {
    int height = 0;
    boolean progressive = false;
    int at = from;
    while (at + 4 <= stream.limit()) {
      int marker = stream.get(at + 1) & 0xff;
      if (stream.get(at) != (byte) 0xff) {
        throw new CodecException("its JPEG header breaks off at byte " + at);
      }
      if (marker == 0xff) { // padding
        at++;
        continue;
      }
      int length = stream.getShort(at + 2) & 0xffff;
      if (length < 2 || at + 2 + length > stream.limit()) {
        throw new CodecException("a segment of its JPEG header runs past its end at byte " + at);
      }
      switch (marker) {
        case 0xc0, 0xc1, 0xc2 -> {
          if (height != 0) {
            throw new CodecException("its JPEG has two frames");
          }
          height = frame(stream, at, length, components, width, rows, layout);
          progressive = marker == 0xc2;
        }
        case 0xc3, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf ->
            throw new CodecException(
                "its JPEG is lossless or arithmetic (ff" + Integer.toHexString(marker) + ")");
        case 0xe0, 0xee -> stream.put(at + 1, (byte) 0xef);
        case 0xda -> {
          if (height == 0) {
            throw new CodecException("its JPEG has no frame before its pixels");
          }
          if (progressive) {
            countScans(stream, at);
          }
          return height;
        }
        default -> {} // tables, comments, profiles: the decoder's matter
      }
      at += 2 + length;
    }
    throw new CodecException("its JPEG ends before its pixels");
  }

  private static int frame(
      ByteBuffer stream, int at, int length, int components, int width, int rows, TileLayout layout)
      throws CodecException {
    if (length < 8) {
      throw new CodecException("a JPEG frame of " + length + " bytes");
    }
    int bits = stream.get(at + 4) & 0xff;
    int height = stream.getShort(at + 5) & 0xffff;
    int found = stream.getShort(at + 7) & 0xffff;
    int parts = stream.get(at + 9) & 0xff;
    boolean fits = found == width && (height == rows || height == layout.height());
    if (!fits || parts != components || bits != 8) {
      throw new CodecException(
          "its JPEG is "
              + describe(found, height, parts, bits)
              + ", the tile "
              + describe(width, rows, components, 8));
    }
    return height;
  }

  private static String describe(int width, int height, int components, int bits) {
    return width + " x " + height + " x " + components + " of " + bits + " bits";
  }

  private static void countScans(ByteBuffer stream, int from) throws CodecException {
    int scans = 0;
    for (int i = from; i + 1 < stream.limit(); i++) {
      if (stream.get(i) == (byte) 0xff && stream.get(i + 1) == (byte) 0xda && ++scans > MAX_SCANS) {
        throw new CodecException("its JPEG has more than " + MAX_SCANS + " scans");
      }
    }
  }
}
