// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

/**
 * A histogram of 256 equal bins over a known range, filled value by value, with numpy's edges and
 * its rule for values on an edge (numpy.histogram).
 *
 * <p>Threads: one.
 */
final class EqualBins {
  private static final int BINS = 256;

  private final double least;
  private final double range;
  private final double[] edges = new double[BINS + 1];
  private final long[] counts = new long[BINS];

  /** For values of {@code least} to {@code greatest}, both included; they differ. */
  EqualBins(double least, double greatest) {
    this.least = least;
    this.range = greatest - least;
    double step = range / BINS;
    for (int i = 0; i < BINS; i++) {
      edges[i] = i * step + least;
    }
    edges[BINS] = greatest;
  }

  void add(double value) {
    int bin = Math.min((int) ((value - least) / range * BINS), BINS - 1);
    // The quotient may be off by one unit in the last place; the edges decide.
    if (value < edges[bin]) {
      bin--;
    } else if (value >= edges[bin + 1] && bin != BINS - 1) {
      bin++;
    }
    counts[bin]++;
  }

  float[] counts() {
    float[] floats = new float[BINS];
    for (int i = 0; i < BINS; i++) {
      floats[i] = counts[i];
    }
    return floats;
  }

  double[] centres() {
    double[] centres = new double[BINS];
    for (int i = 0; i < BINS; i++) {
      centres[i] = (edges[i] + edges[i + 1]) / 2.0;
    }
    return centres;
  }
}
