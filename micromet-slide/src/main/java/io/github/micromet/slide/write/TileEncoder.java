// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.write;

import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.codec.JpegEncoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Samples of one tile -> the bytes that are stored. */
final class TileEncoder implements AutoCloseable {
  private final TileCompression compression;
  private final int edge;
  private final Deflater deflater = new Deflater(6);

  TileEncoder(TileCompression compression, int edge) {
    this.compression = compression;
    this.edge = edge;
  }

  /** The value of TIFF tag 259. */
  int tag() {
    if (compression instanceof TileCompression.Jpeg) {
      return 7;
    }
    return compression instanceof TileCompression.Deflate ? 8 : 1;
  }

  boolean isJpeg() {
    return compression instanceof TileCompression.Jpeg;
  }

  /** Encodes edge x edge pixels. */
  byte[] encode(byte[] tile) {
    if (compression instanceof TileCompression.Jpeg jpeg) {
      RgbImage image = RgbImage.view(ByteBuffer.wrap(tile), edge, edge);
      return JpegEncoder.encode(image, jpeg.quality());
    }
    return compression instanceof TileCompression.Deflate ? deflate(tile) : tile;
  }

  private byte[] deflate(byte[] tile) {
    deflater.reset();
    deflater.setInput(tile);
    deflater.finish();
    byte[] out = new byte[tile.length / 8 + 1024];
    int length = 0;
    while (!deflater.finished()) {
      if (length == out.length) {
        out = Arrays.copyOf(out, out.length * 2);
      }
      length += deflater.deflate(out, length, out.length - length);
    }
    return Arrays.copyOf(out, length);
  }

  @Override
  public void close() {
    deflater.end();
  }
}
