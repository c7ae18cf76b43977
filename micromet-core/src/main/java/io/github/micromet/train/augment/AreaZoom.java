// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

/**
 * Zooms a square patch about its middle and keeps its size, as MONAI's Zoom in mode "area" with
 * padding "edge": torch's adaptive average pooling to n x n, n = floor(size x factor), also where n
 * is larger; then the edge pixels are repeated outwards, or the middle is cut out.
 *
 * <p>Source: monai/transforms/spatial/functional.py, torch's adaptive_avg_pool2d.
 */
final class AreaZoom {
  private AreaZoom() {}

  /**
   * Writes the zoomed patch.
   *
   * @param rgb size,size,3 uint8
   * @param factor such that floor(size x factor) is 1 or more
   * @param into size,size,3 float32, 0..255
   */
  static void zoom(byte[] rgb, int size, double factor, float[] into) {
    int zoomed = (int) Math.floor(size * factor);
    if (zoomed < 1) {
      throw new IllegalArgumentException("zoom " + factor + " of " + size + " pixels");
    }
    int[] start = new int[size];
    int[] end = new int[size];
    windows(size, zoomed, start, end);
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        average(
            rgb,
            size,
            start[row],
            end[row],
            start[column],
            end[column],
            into,
            (row * size + column) * 3);
      }
    }
  }

  /** Which input lines, start..end-1, each output line is the mean of. */
  private static void windows(int size, int zoomed, int[] start, int[] end) {
    // Where the output begins on the zoomed patch; negative is padding, of which the smaller half
    // goes first. MONAI centres its cut on n / 2, both halves rounded down.
    int shift = zoomed < size ? -((size - zoomed) / 2) : zoomed / 2 - size / 2;
    for (int i = 0; i < size; i++) {
      long cell = Math.max(0, Math.min(zoomed - 1, i + shift));
      start[i] = (int) (cell * size / zoomed);
      end[i] = (int) (((cell + 1) * size + zoomed - 1) / zoomed);
    }
  }

  private static void average(
      byte[] rgb, int size, int top, int bottom, int left, int right, float[] into, int at) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int row = top; row < bottom; row++) {
      int end = (row * size + right) * 3;
      for (int i = (row * size + left) * 3; i < end; i += 3) {
        red += rgb[i] & 0xff;
        green += rgb[i + 1] & 0xff;
        blue += rgb[i + 2] & 0xff;
      }
    }
    // Two divisions, as torch does: one by the product could differ in the last bit.
    float height = bottom - top;
    float width = right - left;
    into[at] = red / height / width;
    into[at + 1] = green / height / width;
    into[at + 2] = blue / height / width;
  }
}
