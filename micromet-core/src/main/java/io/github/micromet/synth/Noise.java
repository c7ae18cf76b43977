// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

/**
 * Random numbers that depend on a seed and a place only, by integer arithmetic and the four basic
 * operations, so they are the same on every machine and in every order.
 */
final class Noise {
  private Noise() {}

  /** A well-mixed 64-bit number for a cell; the finaliser is SplitMix64's. */
  static long hash(long seed, long x, long y) {
    long z = seed + x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** 0 (inclusive) to 1 (exclusive) from ten bits of a hash, from bit {@code at} on. */
  static double part(long hash, int at) {
    return (hash >>> at & 0x3ff) / 1024.0;
  }

  /** Smooth noise of -1..1 whose hills are about one unit wide. */
  static double smooth(long seed, double x, double y) {
    long ix = (long) Math.floor(x);
    long iy = (long) Math.floor(y);
    double fx = ease(x - ix);
    double fy = ease(y - iy);
    double top = corner(seed, ix, iy) * (1 - fx) + corner(seed, ix + 1, iy) * fx;
    double low = corner(seed, ix, iy + 1) * (1 - fx) + corner(seed, ix + 1, iy + 1) * fx;
    return top * (1 - fy) + low * fy;
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double corner(long seed, long x, long y) {
    return (hash(seed, x, y) >> 40) / (double) (1L << 23);
  }

  /**
   * A square of noise that repeats without a seam, -64..63, blurred over {@code 2 x radius + 1}.
   */
  static byte[] texture(long seed, int edge, int radius) {
    int[] values = new int[edge * edge];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) (hash(seed, i, 7) >> 40); // wide, as each blur takes some range
    }
    for (int pass = 0; pass < 3; pass++) { // three boxes are round; one leaves crosses
      values = blurred(blurred(values, edge, radius, 1), edge, radius, edge);
    }
    long sum = 0;
    for (int value : values) {
      sum += Math.abs(value);
    }
    // The mean distance from zero becomes 22, so that few are cut off.
    double scale = 22.0 * values.length / Math.max(1, sum);
    byte[] texture = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      texture[i] = (byte) Math.max(-64, Math.min(63, (int) Math.rint(values[i] * scale)));
    }
    return texture;
  }

  private static int[] blurred(int[] values, int edge, int radius, int step) {
    int[] out = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      int along = i / step % edge;
      int start = i - along * step;
      int sum = 0;
      for (int d = -radius; d <= radius; d++) {
        sum += values[start + Math.floorMod(along + d, edge) * step];
      }
      out[i] = sum / (2 * radius + 1);
    }
    return out;
  }
}
