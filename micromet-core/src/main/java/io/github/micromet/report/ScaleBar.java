// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.slide.Mpp;
import java.math.BigDecimal;

/**
 * A round length that takes at most a quarter of the picture's width.
 *
 * @param um its length in microns: 1, 2 or 5 times a power of ten
 * @param px its length in pixels of the picture
 */
record ScaleBar(double um, double px) {
  private static final double SHARE = 0.25;
  private static final double UM_PER_MM = 1000;

  /**
   * @param scaleX pixels of the picture per level-0 pixel
   */
  static ScaleBar of(Mpp mpp, double scaleX, int pictureWidth) {
    double umPerPx = mpp.x() / scaleX;
    double most = pictureWidth * SHARE * umPerPx;
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    double um = power;
    for (int times : new int[] {2, 5}) {
      if (times * power <= most) {
        um = times * power;
      }
    }
    return new ScaleBar(um, um / umPerPx);
  }

  /** For example {@code 2 mm}, {@code 500 µm}. */
  String text() {
    return um >= UM_PER_MM ? number(um / UM_PER_MM) + " mm" : number(um) + " µm";
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
