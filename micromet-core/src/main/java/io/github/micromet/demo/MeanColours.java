// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.demo;

/**
 * What is left of a window when only its colour is looked at: the means of red, green, blue, hue,
 * saturation, value, and of the optical densities of haematoxylin and eosin.
 */
final class MeanColours {
  static final int COUNT = 8;

  private static final int STEP = 4; // every sixteenth pixel gives the same means

  // Columns of the inverse of Ruifrok's and Johnston's matrix: red, green, blue density -> amount.
  private static final double[] HAEMATOXYLIN = {1.87798274, -0.06590806, -0.60190736};
  private static final double[] EOSIN = {-1.00767869, 1.13473037, -0.48041419};

  private MeanColours() {}

  /** A pixel's channels, 0..255. */
  interface Pixels {
    float at(int index);
  }

  /**
   * The eight means.
   *
   * @param pixels size,size,3
   */
  static double[] of(Pixels pixels, int size) {
    double[] sums = new double[COUNT];
    int count = 0;
    for (int y = 0; y < size; y += STEP) {
      for (int x = 0; x < size; x += STEP) {
        int at = (y * size + x) * 3;
        add(sums, pixels.at(at) / 255, pixels.at(at + 1) / 255, pixels.at(at + 2) / 255);
        count++;
      }
    }
    for (int i = 0; i < COUNT; i++) {
      sums[i] /= count;
    }
    return sums;
  }

  private static void add(double[] sums, double red, double green, double blue) {
    double most = Math.max(red, Math.max(green, blue));
    double least = Math.min(red, Math.min(green, blue));
    double range = most - least;
    sums[0] += red;
    sums[1] += green;
    sums[2] += blue;
    sums[3] += range == 0 ? 0 : hue(red, green, blue, most, range);
    sums[4] += most == 0 ? 0 : range / most;
    sums[5] += most;
    double[] density = {density(red), density(green), density(blue)};
    for (int i = 0; i < 3; i++) {
      sums[6] += HAEMATOXYLIN[i] * density[i];
      sums[7] += EOSIN[i] * density[i];
    }
  }

  private static double hue(double red, double green, double blue, double most, double range) {
    double sixths =
        most == red
            ? (green - blue) / range
            : most == green ? 2 + (blue - red) / range : 4 + (red - green) / range;
    return (sixths / 6 + 1) % 1;
  }

  private static double density(double light) {
    return -Math.log(Math.max(light, 1.0 / 255));
  }
}
