// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tile;

import io.github.micromet.slide.RgbImage;

/** What the cache knows of a tile. */
sealed interface CachedTile {
  CachedTile MISSING = new Missing();
  CachedTile CORRUPT = new Corrupt();

  /** Pixels of the whole tile; never written again. */
  record Decoded(RgbImage pixels) implements CachedTile {}

  record Missing() implements CachedTile {}

  record Corrupt() implements CachedTile {}
}
