// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.write;

/** What a pixel is, and how four of them become one of the next level. */
enum Samples {
  /** R, G, B; the mean of the four, rounded half up. */
  RGB(3),
  /**
   * One value. A level holds values that the mask has, never means of them: the most frequent of
   * the four, the larger on a tie. So areas keep their size and nothing moves by half a pixel, as
   * it would by taking always the first.
   */
  VALUE(1);

  final int channels;

  Samples(int channels) {
    this.channels = channels;
  }

  /**
   * Halves a square of {@code edge} pixels into a quarter of another of the same size.
   *
   * @param from edge x edge pixels
   * @param into edge x edge pixels
   * @param right whether it goes to the right half
   * @param low whether it goes to the lower half
   */
  void halve(byte[] from, int edge, byte[] into, boolean right, boolean low) {
    int half = edge / 2;
    int stride = edge * channels;
    for (int y = 0; y < half; y++) {
      int a = 2 * y * stride;
      int out = ((low ? half : 0) + y) * stride + (right ? half : 0) * channels;
      for (int x = 0; x < half; x++, a += 2 * channels) {
        for (int c = 0; c < channels; c++, out++) {
          int at = a + c;
          into[out] =
              one(
                  from[at] & 0xff,
                  from[at + channels] & 0xff,
                  from[at + stride] & 0xff,
                  from[at + stride + channels] & 0xff);
        }
      }
    }
  }

  private byte one(int a, int b, int c, int d) {
    return switch (this) {
      case RGB -> (byte) (a + b + c + d + 2 >> 2);
      case VALUE -> (byte) mostFrequent(a, b, c, d);
    };
  }

  private static int mostFrequent(int a, int b, int c, int d) {
    if (a == b && c == d) {
      return Math.max(a, c);
    }
    int best = 0;
    int bestCount = 0;
    for (int value : new int[] {a, b, c, d}) {
      int count =
          (a == value ? 1 : 0) + (b == value ? 1 : 0) + (c == value ? 1 : 0) + (d == value ? 1 : 0);
      if (count > bestCount || count == bestCount && value > best) {
        best = value;
        bestCount = count;
      }
    }
    return best;
  }

  /** Repeats the last column and row of a width x height picture to the edges of its tile. */
  void pad(byte[] tile, int edge, int width, int height) {
    int stride = edge * channels;
    if (width < edge) {
      for (int y = 0; y < height; y++) {
        int last = y * stride + (width - 1) * channels;
        for (int i = last + channels; i < (y + 1) * stride; i++) {
          tile[i] = tile[i - channels];
        }
      }
    }
    for (int y = height; y < edge; y++) {
      System.arraycopy(tile, (height - 1) * stride, tile, y * stride, stride);
    }
  }
}
