// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

/** Fat: large empty cells with thin walls, the Voronoi cells of points on a shaken lattice. */
final class AdiposeCells {
  private static final double CELL_UM = 68;

  private final long seed;

  AdiposeCells(long seed) {
    this.seed = seed;
  }

  /** Micrometres from a place to the nearest wall. */
  double wall(double x, double y) {
    long column = (long) Math.floor(x / CELL_UM);
    long row = (long) Math.floor(y / CELL_UM);
    double first = Double.MAX_VALUE;
    double second = Double.MAX_VALUE;
    for (long j = row - 1; j <= row + 1; j++) {
      for (long i = column - 1; i <= column + 1; i++) {
        long h = Noise.hash(seed, i, j);
        double dx = x - (i + 0.1 + 0.8 * Noise.part(h, 0)) * CELL_UM;
        double dy = y - (j + 0.1 + 0.8 * Noise.part(h, 10)) * CELL_UM;
        double distance = dx * dx + dy * dy;
        if (distance < first) {
          second = first;
          first = distance;
        } else if (distance < second) {
          second = distance;
        }
      }
    }
    return (Math.sqrt(second) - Math.sqrt(first)) / 2;
  }
}
