// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import io.github.micromet.slide.RgbImage;
import java.io.IOException;
import java.util.List;

/**
 * Turns the stored bytes of a tile into pixels. Memory is bounded by the layout, whatever the bytes
 * say.
 *
 * <p>Threads: safe for many.
 */
public sealed interface TileDecoder permits JpegDecoder, WebpDecoder, SampleDecoder {
  /**
   * Decodes one tile.
   *
   * @param parts one, or one a sample where the layout is planar
   * @param rows that are stored: the layout's height, or fewer in the last strip of an image
   * @param into as large as the layout; rows that are not stored may hold anything
   * @throws CodecException if the bytes are not such a tile
   * @throws IOException if the file cannot be read
   */
  void decode(List<StoredBytes> parts, int rows, RgbImage into) throws CodecException, IOException;

  /**
   * The decoder of that layout.
   *
   * @param jpegTables the stream of tables that JPEG tiles share; empty if each has its own
   * @throws CodecException if the tables are not a JPEG stream
   */
  static TileDecoder of(TileLayout layout, byte[] jpegTables, ScratchPool pool)
      throws CodecException {
    return switch (layout.codec()) {
      case JPEG -> new JpegDecoder(layout, jpegTables, pool);
      case WEBP -> new WebpDecoder(layout, pool);
      case NONE, LZW, DEFLATE, ZSTD -> new SampleDecoder(layout, pool);
    };
  }
}
