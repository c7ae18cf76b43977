// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.write;

import io.github.micromet.slide.Mpp;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * How a pyramid is written.
 *
 * @param compression of every tile
 * @param tile edge of a square tile, a multiple of 16
 * @param minimumLevels at least this many levels, while there is more than one pixel to halve; more
 *     are written until a level fits one tile
 * @param mpp goes into the resolution tags
 * @param description goes into ImageDescription of level 0; plain ASCII, may be empty
 */
public record PyramidOptions(
    TileCompression compression,
    int tile,
    int minimumLevels,
    Optional<Mpp> mpp,
    String description) {

  /**
   * 512 tiles and eight levels, as CAMELYON16 has, so that level 6 exists on small pictures too.
   */
  public static PyramidOptions of(TileCompression compression) {
    return new PyramidOptions(compression, 512, 8, Optional.empty(), "");
  }

  public PyramidOptions {
    Objects.requireNonNull(compression);
    Objects.requireNonNull(mpp);
    if (tile <= 0 || tile % 16 != 0 || tile > 4096) {
      throw new IllegalArgumentException(
          "a tile's edge is a multiple of 16 up to 4096, not " + tile);
    }
    if (minimumLevels < 1 || minimumLevels > 30) {
      throw new IllegalArgumentException("minimumLevels is 1..30, not " + minimumLevels);
    }
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(description)) {
      throw new IllegalArgumentException("a description in a TIFF is plain ASCII");
    }
  }

  public PyramidOptions withMpp(Mpp value) {
    return new PyramidOptions(compression, tile, minimumLevels, Optional.of(value), description);
  }

  public PyramidOptions withDescription(String text) {
    return new PyramidOptions(compression, tile, minimumLevels, mpp, text);
  }

  public PyramidOptions withTile(int edge) {
    return new PyramidOptions(compression, edge, minimumLevels, mpp, description);
  }

  public PyramidOptions withMinimumLevels(int levels) {
    return new PyramidOptions(compression, tile, levels, mpp, description);
  }
}
