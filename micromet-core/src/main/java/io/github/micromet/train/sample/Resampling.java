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
  private record Taps(int first, float[] weights) {}

  /** The picture in that size; itself if it has it. */
  static RgbImage to(RgbImage from, int width, int height) {
    if (from.width() == width && from.height() == height) {
      return from;
    }
    Taps[] across = taps(from.width(), width);
    Taps[] down = taps(from.height(), height);
    float[] lines = new float[from.height() * width * 3]; // source rows, result columns
    for (int y = 0; y < from.height(); y++) {
      for (int x = 0; x < width; x++) {
        mixRow(from, y, across[x], lines, (y * width + x) * 3);
      }
    }
    RgbImage out = new RgbImage(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        out.set(x, y, mixColumn(lines, width, x, down[y]));
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

  private static int mixColumn(float[] lines, int width, int x, Taps taps) {
    int colour = 0;
    for (int channel = 0; channel < 3; channel++) {
      float sum = 0;
      for (int i = 0; i < taps.weights.length; i++) {
        sum += taps.weights[i] * lines[((taps.first + i) * width + x) * 3 + channel];
      }
      colour = colour << 8 | Math.max(0, Math.min(255, Math.round(sum)));
    }
    return colour;
  }

  private static Taps[] taps(int from, int to) {
    Taps[] taps = new Taps[to];
    for (int i = 0; i < to; i++) {
      taps[i] = to <= from ? area(i, from, to) : cubic(i, from, to);
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
