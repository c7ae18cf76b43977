// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

import java.util.List;

/**
 * Alters how strongly a patch is stained: the colour is taken apart into haematoxylin, eosin and
 * DAB, each amount s becomes scale x s + offset, and the colour is put together again.
 *
 * <p>Amounts are those of scikit-image's rgb2hed (natural logarithms over log 1e-6, negative ones
 * set to 0), with the matrix of Ruifrok and Johnston 2001; the alteration is that of Tellez et al.
 * 2018 (IEEE TMI 37(9), "Whole-slide mitosis detection in H&amp;E breast histology").
 *
 * @param scales of haematoxylin, eosin, DAB; 1 changes nothing
 * @param offsets of haematoxylin, eosin, DAB; 0 changes nothing
 */
public record StainShift(List<Double> scales, List<Double> offsets) {
  private static final double[][] RGB_OF_STAIN = {
    {0.65, 0.70, 0.29}, {0.07, 0.99, 0.11}, {0.27, 0.57, 0.78}
  };
  private static final double[][] STAIN_OF_RGB = inverse(RGB_OF_STAIN);
  private static final double DARKEST = 1e-6;
  private static final double LOG_DARKEST = Math.log(DARKEST);

  /** The optical density of each uint8 value, 1 for the darkest. */
  private static final double[] DENSITY = new double[256];

  static {
    for (int v = 0; v < 256; v++) {
      DENSITY[v] = Math.log(Math.max(v / 255.0, DARKEST)) / LOG_DARKEST;
    }
  }

  public StainShift {
    scales = List.copyOf(scales);
    offsets = List.copyOf(offsets);
    if (scales.size() != 3 || offsets.size() != 3) {
      throw new IllegalArgumentException("three stains, not " + scales + ", " + offsets);
    }
  }

  /**
   * Changes the pixels in place, rounded to the nearest uint8.
   *
   * @param rgb rows x columns x 3 uint8
   */
  public void apply(byte[] rgb) {
    double[] stain = new double[3];
    double[] scale = scales.stream().mapToDouble(Double::doubleValue).toArray();
    double[] offset = offsets.stream().mapToDouble(Double::doubleValue).toArray();
    for (int i = 0; i < rgb.length; i += 3) {
      double red = DENSITY[rgb[i] & 0xff];
      double green = DENSITY[rgb[i + 1] & 0xff];
      double blue = DENSITY[rgb[i + 2] & 0xff];
      for (int s = 0; s < 3; s++) {
        double amount =
            red * STAIN_OF_RGB[0][s] + green * STAIN_OF_RGB[1][s] + blue * STAIN_OF_RGB[2][s];
        // Natural logarithms from here on, so that exp undoes DENSITY.
        stain[s] = (Math.max(amount, 0) * scale[s] + offset[s]) * LOG_DARKEST;
      }
      for (int channel = 0; channel < 3; channel++) {
        double log =
            stain[0] * RGB_OF_STAIN[0][channel]
                + stain[1] * RGB_OF_STAIN[1][channel]
                + stain[2] * RGB_OF_STAIN[2][channel];
        rgb[i + channel] = (byte) Math.rint(Math.min(1, Math.exp(log)) * 255);
      }
    }
  }

  /** By cofactors: three rows are few enough. */
  private static double[][] inverse(double[][] m) {
    double[][] inverse = new double[3][3];
    double determinant = 0;
    for (int i = 0; i < 3; i++) {
      determinant += m[0][i] * minor(m, 0, i);
    }
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        inverse[row][column] = minor(m, column, row) / determinant;
      }
    }
    return inverse;
  }

  /** With its sign, which the cyclic order of the indices gives. */
  private static double minor(double[][] m, int row, int column) {
    int r1 = (row + 1) % 3;
    int r2 = (row + 2) % 3;
    int c1 = (column + 1) % 3;
    int c2 = (column + 2) % 3;
    return m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
  }
}
