// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

/** The colour of pixels that the slide does not have, 0..255 a channel. */
public record Fill(int red, int green, int blue) {
  /** The reference's choice for detection (OpenSlide drops alpha without blending). */
  public static final Fill BLACK = new Fill(0, 0, 0);

  /** For pictures, and for tiles that cannot be decoded. */
  public static final Fill WHITE = new Fill(255, 255, 255);

  public Fill {
    if (((red | green | blue) & ~0xff) != 0) {
      throw new IllegalArgumentException("a colour has channels of 0..255");
    }
  }
}
