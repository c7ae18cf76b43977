// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import io.github.micromet.slide.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * JPEG tiles, whole streams or abbreviated ones with shared tables. The directory's photometric tag
 * decides the colour space, as in libopenslide, never the stream's own markers. Threads: safe for
 * many.
 */
final class JpegDecoder implements TileDecoder {
  private static final int SOI = 0xffd8;

  private final TileLayout layout;
  private final ScratchPool pool;
  private final byte[] prefix; // SOI, Adobe's marker if in colour, tables
  private final int firstSegment;

  JpegDecoder(TileLayout layout, byte[] tables, ScratchPool pool) throws CodecException {
    this.layout = layout;
    this.pool = pool;
    byte[] colour = colourMarker(layout.photometric());
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    start.write(SOI >> 8);
    start.write(SOI & 0xff);
    start.writeBytes(colour);
    start.writeBytes(segments(tables));
    this.prefix = start.toByteArray();
    this.firstSegment = 2 + colour.length;
  }

  @Override
  public void decode(List<StoredBytes> parts, int rows, RgbImage into)
      throws CodecException, IOException {
    StoredBytes part = parts.get(0);
    if (part.length() < 4) {
      throw new CodecException("a JPEG of " + part.length() + " bytes");
    }
    Scratch scratch = pool.borrow();
    try {
      // The tile's own start marker is overwritten by the end of the prefix.
      int tile = prefix.length - 2;
      ByteBuffer stream = scratch.stored(tile + part.length());
      part.read(stream.position(tile));
      int start = stream.getShort(tile) & 0xffff;
      if (start != SOI) {
        throw new CodecException(
            "its bytes start with " + Integer.toHexString(start) + ", a JPEG with ffd8");
      }
      stream.put(0, prefix).rewind();
      int height =
          JpegHeader.check(stream, firstSegment, layout.samples(), layout.width(), rows, layout);
      pixels(stream, height, scratch, into);
    } finally {
      pool.giveBack(scratch);
    }
  }

  private void pixels(ByteBuffer stream, int height, Scratch scratch, RgbImage into)
      throws CodecException {
    ByteBuffer rgb = into.rgb();
    if (rgb.isDirect()) {
      OpenCv.decode(stream, layout.width(), height, rgb);
    } else {
      ByteBuffer pixels = scratch.pixels(layout.width() * height * 3);
      OpenCv.decode(stream, layout.width(), height, pixels);
      rgb.put(pixels);
    }
    if (layout.photometric() == Photometric.MIN_IS_WHITE) {
      ByteBuffer all = into.rgb();
      for (int i = 0; i < layout.width() * height * 3; i++) {
        all.put(i, (byte) ~all.get(i));
      }
    }
  }

  /**
   * Adobe's APP14 with its transform byte: 0 is RGB, 1 is YCbCr. Without it decoders take three
   * components numbered 1, 2, 3 for YCbCr, and tiles that many Aperio scanners tag RGB come out
   * wrong by 38 grey levels on average.
   */
  private static byte[] colourMarker(Photometric photometric) {
    if (photometric.colours() == 1) {
      return new byte[0];
    }
    byte transform = (byte) (photometric == Photometric.YCBCR ? 1 : 0);
    return new byte[] {
      (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, transform
    };
  }

  /** The tables without their start and end markers. */
  private static byte[] segments(byte[] tables) throws CodecException {
    if (tables.length == 0) {
      return tables;
    }
    ByteBuffer bytes = ByteBuffer.wrap(tables);
    if (tables.length < 4 || (bytes.getShort(0) & 0xffff) != SOI) {
      throw new CodecException("its JPEGTables of " + tables.length + " bytes are no JPEG stream");
    }
    int end = tables.length;
    if ((bytes.getShort(end - 2) & 0xffff) == 0xffd9) {
      end -= 2;
    }
    byte[] inner = new byte[end - 2];
    bytes.get(2, inner);
    return inner;
  }
}
