// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

import io.github.micromet.slide.RgbImage;

/**
 * Another size of a picture, each axis by itself: where it shrinks, each pixel is the mean of the
 * area it covers; where it grows, Keys' cubic with a = -0.5, which keeps nuclei sharper than linear
 * does. Our own arithmetic, so that every machine has the same pixels. Threads: stateless.
 */
final class Resampling {
  private Resampling() {}

  /** The weights of one pixel of the result: of source pixels from {@code first} on, sum 1. */
  private record Taps(int first, float[] weights) {
    int end() {
      return first + weights.length;
    }
  }

  /** The whole picture in that size. */
  static RgbImage to(RgbImage from, int width, int height) {
    return middle(from, width, height, Math.max(width, height));
  }

  /**
   * The middle of the picture in that size: at most so many pixels along each axis. Nothing else is
   * computed.
   */
  static RgbImage middle(RgbImage from, int width, int height, int most) {
    Taps[] across = taps(from.width(), width, most);
    Taps[] down = taps(from.height(), height, most);
    int firstRow = down[0].first;
    int rows = down[down.length - 1].end() - firstRow;
    float[] lines = new float[rows * across.length * 3]; // source rows, result columns
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < across.length; x++) {
        mixRow(from, firstRow + y, across[x], lines, (y * across.length + x) * 3);
      }
    }
    RgbImage out = new RgbImage(across.length, down.length);
    for (int y = 0; y < down.length; y++) {
      for (int x = 0; x < across.length; x++) {
        out.set(x, y, mixColumn(lines, across.length, x, down[y], firstRow));
      }
    }
    return out;
  }

  private static void mixRow(RgbImage from, int y, Taps taps, float[] into, int at) {
    float red = 0;
    float green = 0;
    float blue = 0;
    for (int i = 0; i < taps.weights.length; i++) {
      int colour = from.at(taps.first + i, y);
      red += taps.weights[i] * (colour >> 16);
      green += taps.weights[i] * (colour >> 8 & 0xff);
      blue += taps.weights[i] * (colour & 0xff);
    }
    into[at] = red;
    into[at + 1] = green;
    into[at + 2] = blue;
  }

  private static int mixColumn(float[] lines, int width, int x, Taps taps, int firstRow) {
    int colour = 0;
    for (int channel = 0; channel < 3; channel++) {
      float sum = 0;
      for (int i = 0; i < taps.weights.length; i++) {
        sum += taps.weights[i] * lines[((taps.first - firstRow + i) * width + x) * 3 + channel];
      }
      colour = colour << 8 | Math.max(0, Math.min(255, Math.round(sum)));
    }
    return colour;
  }

  private static Taps[] taps(int from, int to, int most) {
    Taps[] taps = new Taps[Math.min(to, most)];
    int start = (to - taps.length) / 2;
    for (int i = 0; i < taps.length; i++) {
      taps[i] = to <= from ? area(start + i, from, to) : cubic(start + i, from, to);
    }
    return taps;
  }

  private static Taps area(int i, int from, int to) {
    double start = (double) i * from / to;
    double end = (double) (i + 1) * from / to;
    int first = (int) Math.floor(start);
    int last = Math.min(from, (int) Math.ceil(end));
    float[] weights = new float[last - first];
    for (int k = first; k < last; k++) {
      weights[k - first] = (float) ((Math.min(end, k + 1.0) - Math.max(start, k)) / (end - start));
    }
    return new Taps(first, weights);
  }

  /** What reaches over the edge is left out and the rest weighs more, as in Pillow. */
  private static Taps cubic(int i, int from, int to) {
    double centre = (i + 0.5) * from / to - 0.5;
    int first = Math.max(0, (int) Math.floor(centre) - 1);
    int last = Math.min(from - 1, (int) Math.floor(centre) + 2);
    double[] weights = new double[last - first + 1];
    double sum = 0;
    for (int k = first; k <= last; k++) {
      weights[k - first] = keys(Math.abs(k - centre));
      sum += weights[k - first];
    }
    float[] normed = new float[weights.length];
    for (int k = 0; k < weights.length; k++) {
      normed[k] = (float) (weights[k] / sum);
    }
    return new Taps(first, normed);
  }

  private static double keys(double d) {
    if (d < 1) {
      return (1.5 * d - 2.5) * d * d + 1;
    }
    return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
  }
}
