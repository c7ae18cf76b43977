// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

/**
 * Turns a square patch counter-clockwise by quarters, as numpy's and torch's rot90 over rows and
 * columns. MONAI's RandFlip without an axis reverses both axes: that is two quarters.
 */
final class QuarterTurns {
  private QuarterTurns() {}

  /**
   * Turns the patch in place.
   *
   * @param rgb size,size,3 uint8
   * @param quarters any number; only its remainder by 4 counts
   */
  static void turn(byte[] rgb, int size, int quarters) {
    switch (Math.floorMod(quarters, 4)) {
      case 0 -> {
        // As it is.
      }
      case 1 -> {
        transpose(rgb, size);
        reverseRows(rgb, size);
      }
      case 2 -> reverse(rgb, size * size);
      default -> {
        reverseRows(rgb, size);
        transpose(rgb, size);
      }
    }
  }

  private static void transpose(byte[] rgb, int size) {
    for (int row = 1; row < size; row++) {
      for (int column = 0; column < row; column++) {
        swap(rgb, row * size + column, column * size + row);
      }
    }
  }

  /** The last row becomes the first. */
  private static void reverseRows(byte[] rgb, int size) {
    byte[] kept = new byte[size * 3];
    for (int row = 0; row < size / 2; row++) {
      int upper = row * size * 3;
      int lower = (size - 1 - row) * size * 3;
      System.arraycopy(rgb, upper, kept, 0, kept.length);
      System.arraycopy(rgb, lower, rgb, upper, kept.length);
      System.arraycopy(kept, 0, rgb, lower, kept.length);
    }
  }

  private static void reverse(byte[] rgb, int pixels) {
    for (int i = 0; i < pixels / 2; i++) {
      swap(rgb, i, pixels - 1 - i);
    }
  }

  private static void swap(byte[] rgb, int a, int b) {
    for (int channel = 0; channel < 3; channel++) {
      byte kept = rgb[a * 3 + channel];
      rgb[a * 3 + channel] = rgb[b * 3 + channel];
      rgb[b * 3 + channel] = kept;
    }
  }
}
