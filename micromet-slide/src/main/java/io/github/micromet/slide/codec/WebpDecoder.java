// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import io.github.micromet.slide.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** WebP tiles, lossy and lossless; alpha is dropped. Threads: safe for many. */
final class WebpDecoder implements TileDecoder {
  private static final int RIFF = 0x46464952; // little-endian four-letter words
  private static final int WEBP = 0x50424557;
  private static final int LOSSY = 0x20385056;
  private static final int LOSSLESS = 0x4c385056;
  private static final int EXTENDED = 0x58385056;
  private static final int HEADER_BYTES = 30;

  private final TileLayout layout;
  private final ScratchPool pool;

  WebpDecoder(TileLayout layout, ScratchPool pool) {
    this.layout = layout;
    this.pool = pool;
  }

  @Override
  public void decode(List<StoredBytes> parts, int rows, RgbImage into)
      throws CodecException, IOException {
    StoredBytes part = parts.get(0);
    Scratch scratch = pool.borrow();
    try {
      ByteBuffer stream = scratch.stored(part.length());
      part.read(stream);
      stream.rewind();
      check(stream.duplicate().order(ByteOrder.LITTLE_ENDIAN), rows);
      ByteBuffer pixels = scratch.pixels(layout.width() * rows * 3);
      OpenCv.decode(stream, layout.width(), rows, pixels);
      into.rgb().put(pixels);
    } finally {
      pool.giveBack(scratch);
    }
  }

  /** The size before the decoder allocates by it. */
  private void check(ByteBuffer stream, int rows) throws CodecException {
    if (stream.limit() < HEADER_BYTES || stream.getInt(0) != RIFF || stream.getInt(8) != WEBP) {
      throw new CodecException("its " + stream.limit() + " bytes are no WebP stream");
    }
    int kind = stream.getInt(12);
    int width;
    int height;
    if (kind == LOSSY) {
      width = stream.getShort(26) & 0x3fff;
      height = stream.getShort(28) & 0x3fff;
    } else if (kind == LOSSLESS) {
      int bits = stream.getInt(21);
      width = (bits & 0x3fff) + 1;
      height = (bits >>> 14 & 0x3fff) + 1;
    } else if (kind == EXTENDED) {
      width = (stream.getInt(24) & 0xffffff) + 1;
      height = (stream.getInt(26) >>> 8) + 1;
    } else {
      throw new CodecException("its WebP stream holds no picture");
    }
    if (width != layout.width() || height != rows) {
      throw new CodecException(
          "its WebP is " + width + " x " + height + ", the tile " + layout.width() + " x " + rows);
    }
  }
}
