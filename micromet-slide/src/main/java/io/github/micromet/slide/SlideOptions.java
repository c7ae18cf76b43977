// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

import java.util.Objects;
import java.util.Optional;

/**
 * How to open a slide.
 *
 * @param fill colour of pixels outside the slide and of tiles the file does not store
 * @param cacheBytes bound of the decoded tiles kept in memory
 * @param mpp replaces the file's spacing when present
 */
public record SlideOptions(Fill fill, long cacheBytes, Optional<Mpp> mpp) {
  public static final long DEFAULT_CACHE_BYTES = 128L << 20;

  /** Black outside, 128 MiB of tiles, the file's own spacing. */
  public static final SlideOptions DEFAULT =
      new SlideOptions(Fill.BLACK, DEFAULT_CACHE_BYTES, Optional.empty());

  public SlideOptions {
    Objects.requireNonNull(fill);
    Objects.requireNonNull(mpp);
    if (cacheBytes < 0) {
      throw new IllegalArgumentException("cacheBytes must not be negative");
    }
  }

  public SlideOptions withFill(Fill other) {
    return new SlideOptions(other, cacheBytes, mpp);
  }

  public SlideOptions withCacheBytes(long bytes) {
    return new SlideOptions(fill, bytes, mpp);
  }

  public SlideOptions withMpp(Optional<Mpp> other) {
    return new SlideOptions(fill, cacheBytes, other);
  }
}
