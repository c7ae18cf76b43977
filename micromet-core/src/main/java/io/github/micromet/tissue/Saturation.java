// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

/**
 * HSV saturation, bit for bit as scikit-image has it (skimage/color/colorconv.py, rgb2hsv).
 *
 * <p>Threads: stateless.
 */
public final class Saturation {
  // skimage/util/dtype.py multiplies by the reciprocal: v / 255.0 gives other last bits.
  private static final double[] UNIT = new double[256];

  static {
    for (int v = 0; v < UNIT.length; v++) {
      UNIT[v] = v * (1.0 / 255);
    }
  }

  private Saturation() {}

  /** In [0, 1], float64; channels are 0..255; 0 for grey. */
  public static double of(int red, int green, int blue) {
    int high = Math.max(red, Math.max(green, blue));
    int low = Math.min(red, Math.min(green, blue));
    // The difference is taken after scaling: delta / max of the integers has other last bits.
    return high == low ? 0 : (UNIT[high] - UNIT[low]) / UNIT[high];
  }
}
