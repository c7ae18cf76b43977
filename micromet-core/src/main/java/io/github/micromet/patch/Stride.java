// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.patch;

/** How far apart neighbouring windows of a sliding plan begin. */
public sealed interface Stride {
  /**
   * The step in level-0 pixels, at least 1.
   *
   * @param size0 edge of the window in level-0 pixels, cut to the slide's on that axis
   */
  long step(double size0);

  /** A number of level-0 pixels. */
  record Pixels(long pixels) implements Stride {
    public Pixels {
      if (pixels <= 0) {
        throw new IllegalArgumentException("a stride is a positive number of pixels: " + pixels);
      }
    }

    @Override
    public long step(double size0) {
      return pixels;
    }
  }

  /**
   * A fraction of the window that neighbours share: the step is size * (1 - fraction), rounded half
   * to even.
   *
   * <p>Source: MONAI iter_patch_position, with Python's round.
   */
  record Overlap(double fraction) implements Stride {
    public Overlap {
      if (!(fraction >= 0 && fraction < 1)) {
        throw new IllegalArgumentException("an overlap is 0 to below 1, not " + fraction);
      }
    }

    @Override
    public long step(double size0) {
      // The reference fails on an overlap so near 1 that the step is 0.
      return Math.max(1, (long) Math.rint(size0 * (1 - fraction)));
    }
  }
}
