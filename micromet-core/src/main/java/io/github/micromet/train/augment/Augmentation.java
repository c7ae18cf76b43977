// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

/**
 * Alters one patch; the same seed gives the same pixels, whatever thread does it and when.
 *
 * <p>Threads: safe for many.
 */
public interface Augmentation {
  /** Leaves the patch as it is. */
  Augmentation NONE =
      (rgb, size, seed, into) -> {
        for (int i = 0; i < size * size * 3; i++) {
          into[i] = rgb[i] & 0xff;
        }
      };

  /**
   * Writes the altered patch.
   *
   * @param rgb size,size,3 uint8, row by row; may be overwritten
   * @param size edge in pixels
   * @param seed of this patch in this epoch
   * @param into size,size,3 float32, 0..255, not yet scaled for the network
   */
  void apply(byte[] rgb, int size, long seed, float[] into);
}
