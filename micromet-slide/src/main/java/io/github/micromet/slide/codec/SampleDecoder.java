// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import com.github.luben.zstd.Zstd;
import io.github.micromet.slide.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Tiles whose samples come out of a byte packer: uncompressed, LZW, Deflate, ZSTD. Threads: safe
 * for many.
 */
final class SampleDecoder implements TileDecoder {
  private final TileLayout layout;
  private final ScratchPool pool;

  SampleDecoder(TileLayout layout, ScratchPool pool) {
    this.layout = layout;
    this.pool = pool;
  }

  @Override
  public void decode(List<StoredBytes> parts, int rows, RgbImage into)
      throws CodecException, IOException {
    Scratch scratch = pool.borrow();
    try {
      byte[] samples = scratch.samples(layout.unpackedBytes());
      int step = layout.planar() ? 1 : layout.samples();
      int colours = layout.photometric().colours();
      for (int plane = 0; plane < (layout.planar() ? colours : 1); plane++) {
        unpack(parts.get(plane), layout.width() * rows * step, samples, scratch);
        if (layout.predictor()) {
          sum(samples, layout.width() * step, rows, step);
        }
        if (layout.planar() && colours == 3) {
          spread(samples, layout.width() * rows, plane, into.rgb());
        } else {
          colour(samples, layout.width() * rows, step, into.rgb());
        }
      }
    } finally {
      pool.giveBack(scratch);
    }
  }

  /** Fills the first {@code needed} of {@code samples}; what a stream holds beyond is ignored. */
  private void unpack(StoredBytes part, int needed, byte[] samples, Scratch scratch)
      throws CodecException, IOException {
    int length = part.length();
    long found;
    if (layout.codec() == Codec.NONE) {
      found = Math.min(length, needed);
      new StoredBytes(part.file(), part.at(), (int) found)
          .read(ByteBuffer.wrap(samples, 0, (int) found));
    } else {
      byte[] packed = scratch.packed(length);
      part.read(ByteBuffer.wrap(packed, 0, length));
      found =
          switch (layout.codec()) {
            case LZW -> Lzw.unpack(packed, length, samples, needed);
            case DEFLATE -> inflate(packed, length, samples, needed);
            case ZSTD -> zstd(packed, length, samples);
            case NONE, JPEG, WEBP -> throw new IllegalStateException("not packed samples");
          };
    }
    if (found < needed) {
      throw new CodecException(
          "its "
              + length
              + " bytes of "
              + layout.codec().words()
              + " hold "
              + found
              + " samples of "
              + needed
              + " (cut short?)");
    }
  }

  private static int inflate(byte[] packed, int length, byte[] samples, int needed)
      throws CodecException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed, 0, length);
      int found = 0;
      while (found < needed) {
        int n = inflater.inflate(samples, found, needed - found);
        if (n == 0) { // finished, out of input, or a dictionary nobody has
          break;
        }
        found += n;
      }
      return found;
    } catch (DataFormatException e) {
      throw new CodecException("its Deflate stream is damaged: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private long zstd(byte[] packed, int length, byte[] samples) throws CodecException {
    // The room is that of a full tile: a last strip may be stored in full.
    long found = Zstd.decompressByteArray(samples, 0, layout.unpackedBytes(), packed, 0, length);
    if (Zstd.isError(found)) {
      throw new CodecException("its ZSTD stream is damaged: " + Zstd.getErrorName(found));
    }
    return found;
  }

  /** Undoes TIFF's predictor 2 in place. */
  private static void sum(byte[] samples, int rowBytes, int rows, int step) {
    for (int row = 0; row < rows; row++) {
      int start = row * rowBytes;
      for (int i = start + step; i < start + rowBytes; i++) {
        samples[i] += samples[i - step];
      }
    }
  }

  /** One plane of three into its channel. */
  private static void spread(byte[] samples, int pixels, int channel, ByteBuffer rgb) {
    for (int i = 0; i < pixels; i++) {
      rgb.put(i * 3 + channel, samples[i]);
    }
  }

  private void colour(byte[] samples, int pixels, int step, ByteBuffer rgb) {
    if (step == 3) {
      rgb.put(samples, 0, pixels * 3);
    } else if (layout.photometric().colours() == 3) {
      for (int i = 0; i < pixels; i++) {
        rgb.put(samples, i * step, 3);
      }
    } else {
      int flip = layout.photometric() == Photometric.MIN_IS_WHITE ? 0xff : 0;
      for (int i = 0; i < pixels; i++) {
        byte grey = (byte) (samples[i * step] ^ flip);
        rgb.put(grey).put(grey).put(grey);
      }
    }
  }
}
