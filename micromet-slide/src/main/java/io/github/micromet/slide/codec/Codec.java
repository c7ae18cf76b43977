// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import java.util.Optional;

/** How the bytes of a tile are packed; the closed set that Micromet decodes itself. */
public enum Codec {
  NONE("uncompressed"),
  LZW("LZW"),
  JPEG("JPEG"),
  DEFLATE("Deflate"),
  ZSTD("ZSTD"),
  WEBP("WebP");

  private final String words;

  Codec(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** The codec of a TIFF Compression tag (259), if it is one of these. */
  public static Optional<Codec> ofTiff(int compression) {
    return switch (compression) {
      case 1 -> Optional.of(NONE);
      case 5 -> Optional.of(LZW);
      case 7 -> Optional.of(JPEG);
      case 8, 32946 -> Optional.of(DEFLATE); // Adobe's number and the older one
      case 50000 -> Optional.of(ZSTD);
      case 50001 -> Optional.of(WEBP);
      default -> Optional.empty();
    };
  }
}
