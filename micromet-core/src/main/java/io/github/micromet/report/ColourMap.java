// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

/**
 * Probability to colour: from pale yellow through orange to dark red. Lightness falls evenly all
 * the way, so the order is seen in grey print and by eyes that do not tell red from green; no
 * violet, which is the colour of dense nuclei.
 *
 * <p>The anchors are joined in OKLab (B. Ottosson, 2020), where equal steps look equal.
 */
final class ColourMap {
  private static final int STEPS = 256;

  // sRGB, from 0 to 1 in equal steps.
  private static final int[] ANCHORS = {0xFFF3B8, 0xFDCB62, 0xF79A3C, 0xE4602C, 0xBC2A20, 0x7A0A1C};

  private static final int[] COLOURS = table();

  private ColourMap() {}

  /** 0xRRGGBB of a probability; below 0 as 0, above 1 as 1. */
  static int rgb(double probability) {
    return COLOURS[(int) Math.rint(Math.min(1, Math.max(0, probability)) * (STEPS - 1))];
  }

  private static int[] table() {
    int[] colours = new int[STEPS];
    for (int i = 0; i < STEPS; i++) {
      double at = (double) i / (STEPS - 1) * (ANCHORS.length - 1);
      int below = Math.min((int) at, ANCHORS.length - 2);
      double[] from = toLab(ANCHORS[below]);
      double[] to = toLab(ANCHORS[below + 1]);
      double part = at - below;
      colours[i] =
          toRgb(
              from[0] + part * (to[0] - from[0]),
              from[1] + part * (to[1] - from[1]),
              from[2] + part * (to[2] - from[2]));
    }
    return colours;
  }

  /** OKLab lightness of a colour, 0 to 1. */
  static double lightness(int rgb) {
    return toLab(rgb)[0];
  }

  private static double[] toLab(int rgb) {
    double r = toLinear(rgb >> 16 & 0xff);
    double g = toLinear(rgb >> 8 & 0xff);
    double b = toLinear(rgb & 0xff);
    double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return new double[] {
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    };
  }

  private static int toRgb(double lightness, double a, double b) {
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return toByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) << 16
        | toByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) << 8
        | toByte(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
  }

  private static double cube(double value) {
    return value * value * value;
  }

  private static double toLinear(int channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static int toByte(double linear) {
    double value = linear <= 0.0031308 ? linear * 12.92 : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
    return (int) Math.rint(Math.min(1, Math.max(0, value)) * 255);
  }
}
