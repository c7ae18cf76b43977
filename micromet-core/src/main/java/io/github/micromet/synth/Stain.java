// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

/**
 * Stains a painted rectangle anew: its optical densities are parted into haematoxylin, eosin and a
 * rest, the first two are made stronger or weaker, and their colours are turned a little. Strengths
 * and colours are the slide's own; the strengths drift within it too.
 *
 * <p>Threads: safe for many.
 */
final class Stain {
  // Optical densities of red, green and blue; Ruifrok and Johnston 2001.
  private static final double[] HAEMATOXYLIN = {0.65, 0.70, 0.29};
  private static final double[] EOSIN = {0.07, 0.99, 0.11};
  private static final double[] REST = {0.27, 0.57, 0.78};

  private static final int WHITE = 245;
  private static final int STEPS = 512; // of an optical density of 1
  private static final float[] DENSITY = new float[256];
  private static final byte[] LIGHT = new byte[8 * STEPS];

  static {
    for (int value = 0; value < DENSITY.length; value++) {
      DENSITY[value] = (float) -StrictMath.log((value + 1.0) / (WHITE + 1.0));
    }
    for (int i = 0; i < LIGHT.length; i++) {
      double value = (WHITE + 1.0) * StrictMath.exp(-i / (double) STEPS) - 1;
      LIGHT[i] = (byte) Math.max(0, Math.min(255, (int) Math.rint(value)));
    }
  }

  private final float[] parts = new float[9]; // stain, channel: density -> amount
  private final float[] inks = new float[9]; // stain, channel: amount -> density
  private final double haematoxylin;
  private final double eosin;
  private final double variety;
  private final long seed;

  Stain(long seed, double variety) {
    this.seed = seed;
    this.variety = variety;
    double[][] inverse = inverse(new double[][] {HAEMATOXYLIN, EOSIN, REST});
    double[][] stains = {HAEMATOXYLIN, EOSIN, REST};
    for (int stain = 0; stain < 3; stain++) {
      long h = Noise.hash(seed, stain, 41);
      for (int channel = 0; channel < 3; channel++) {
        double turn = stain == 2 ? 0 : 0.16 * variety * (Noise.part(h, 10 * channel) - 0.5);
        inks[stain * 3 + channel] = (float) (stains[stain][channel] + turn);
        parts[stain * 3 + channel] = (float) inverse[channel][stain];
      }
    }
    long h = Noise.hash(seed, 3, 41);
    // From two thirds to three halves of the plain strength.
    this.haematoxylin = StrictMath.pow(1.5, variety * (2 * Noise.part(h, 0) - 1));
    this.eosin = StrictMath.pow(1.5, variety * (2 * Noise.part(h, 10) - 1));
  }

  /** How much of the first stain there is at a place in micrometres, as a factor. */
  double haematoxylin(double x, double y) {
    return haematoxylin * (1 + 0.22 * variety * Noise.smooth(seed + 1, x / 310, y / 310));
  }

  /** As the other, for eosin. */
  double eosin(double x, double y) {
    return eosin * (1 + 0.22 * variety * Noise.smooth(seed + 2, x / 310, y / 310));
  }

  /** Stains one pixel of three bytes. */
  void apply(byte[] rgb, int at, float moreHaematoxylin, float moreEosin) {
    float red = DENSITY[rgb[at] & 0xff];
    float green = DENSITY[rgb[at + 1] & 0xff];
    float blue = DENSITY[rgb[at + 2] & 0xff];
    float h = (parts[0] * red + parts[1] * green + parts[2] * blue) * moreHaematoxylin;
    float e = (parts[3] * red + parts[4] * green + parts[5] * blue) * moreEosin;
    float rest = parts[6] * red + parts[7] * green + parts[8] * blue;
    for (int channel = 0; channel < 3; channel++) {
      float density = inks[channel] * h + inks[3 + channel] * e + inks[6 + channel] * rest;
      int step = Math.round(density * STEPS);
      rgb[at + channel] = LIGHT[Math.max(0, Math.min(LIGHT.length - 1, step))];
    }
  }

  /** Of a matrix of rows: the matrix that gives amounts from channels, as channel, stain. */
  private static double[][] inverse(double[][] m) {
    double[][] cofactor = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        int a = (i + 1) % 3;
        int b = (i + 2) % 3;
        int c = (j + 1) % 3;
        int d = (j + 2) % 3;
        cofactor[i][j] = m[a][c] * m[b][d] - m[a][d] * m[b][c];
      }
    }
    double determinant =
        m[0][0] * cofactor[0][0] + m[0][1] * cofactor[0][1] + m[0][2] * cofactor[0][2];
    double[][] inverse = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        inverse[j][i] = cofactor[i][j] / determinant;
      }
    }
    return inverse;
  }
}
