// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

/** What the samples of a pixel mean. */
public enum Photometric {
  /** One sample, 0 is white. */
  MIN_IS_WHITE,
  /** One sample, 0 is black. */
  MIN_IS_BLACK,
  RGB,
  /** BT.601 full range, inside JPEG only. */
  YCBCR;

  /** Samples that make the colour; further ones (alpha) are dropped. */
  public int colours() {
    return this == RGB || this == YCBCR ? 3 : 1;
  }
}
