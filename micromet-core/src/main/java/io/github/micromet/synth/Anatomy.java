// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

/**
 * Where what lies in one synthetic lymph node, as smooth fields over the slide. Coordinates are
 * micrometres from the slide's corner.
 */
final class Anatomy {
  /** Thickness of the capsule. */
  static final double CAPSULE_UM = 24;

  private static final double FOLLICLE_CELL_UM = 760;

  private final long seed;
  private final double[][] lobes = new double[3][]; // x, y, radius x, radius y, cos, sin
  private final double size;

  /**
   * @param widthUm of the slide
   * @param heightUm of the slide
   */
  Anatomy(long seed, double widthUm, double heightUm) {
    this.seed = seed;
    this.size = Math.min(widthUm, heightUm);
    for (int i = 0; i < lobes.length; i++) {
      long h = Noise.hash(seed, i, 11);
      // One body in the middle, two lobes on its sides.
      double reach = i == 0 ? 0.03 : 0.16;
      double radius = i == 0 ? 0.365 : 0.2;
      double side = i == 1 ? -1 : 1;
      double angle = Noise.part(h, 0) * 2 * Math.PI;
      lobes[i] =
          new double[] {
            widthUm * (0.5 + side * reach * (0.7 + 0.6 * Noise.part(h, 10))),
            heightUm * (0.5 + reach * (2 * Noise.part(h, 20) - 1)),
            widthUm * radius * (1 + 0.16 * Noise.part(h, 30)),
            heightUm * radius * (0.88 + 0.16 * Noise.part(h, 40)),
            StrictMath.cos(angle * 0.1),
            StrictMath.sin(angle * 0.1)
          };
    }
  }

  /** The shorter side of the slide. */
  double size() {
    return size;
  }

  /** Micrometres below the tissue's edge, roughly; negative outside. */
  double depth(double x, double y) {
    double depth = Double.NEGATIVE_INFINITY;
    for (double[] lobe : lobes) {
      double dx = x - lobe[0];
      double dy = y - lobe[1];
      double u = (dx * lobe[4] + dy * lobe[5]) / lobe[2];
      double v = (dy * lobe[4] - dx * lobe[5]) / lobe[3];
      depth = Math.max(depth, (1 - Math.sqrt(u * u + v * v)) * Math.min(lobe[2], lobe[3]));
    }
    if (depth < -0.2 * size) {
      return depth;
    }
    double edge = 0.055 * size * Noise.smooth(seed + 1, x / size * 6, y / size * 6);
    edge += Math.min(40, 0.02 * size) * Noise.smooth(seed + 2, x / 170, y / 170);
    return depth + edge + 6 * Noise.smooth(seed + 3, x / 28, y / 28);
  }

  /** Positive in fat, which gathers near the edge. */
  double fat(double x, double y, double depth) {
    double field = Noise.smooth(seed + 4, x / 420, y / 420);
    field += 0.35 * Noise.smooth(seed + 5, x / 130, y / 130);
    return field - 0.22 - 1.1 * Math.min(1, depth / (0.22 * size));
  }

  /** Positive in the strands of connective tissue that run through the node, in micrometres. */
  double strand(double x, double y) {
    double field = Noise.smooth(seed + 6, x / 330, y / 330);
    field += 0.3 * Noise.smooth(seed + 7, x / 90, y / 90);
    return 10 - 190 * Math.abs(field);
  }

  /** Micrometres inside a follicle's pale centre; negative outside. */
  double follicle(double x, double y, double depth) {
    if (depth < 120) {
      return -1;
    }
    double best = -1e3;
    long column = (long) Math.floor(x / FOLLICLE_CELL_UM);
    long row = (long) Math.floor(y / FOLLICLE_CELL_UM);
    for (long j = row - 1; j <= row + 1; j++) {
      for (long i = column - 1; i <= column + 1; i++) {
        long h = Noise.hash(seed + 8, i, j);
        if (Noise.part(h, 0) < 0.6) {
          double dx = x - (i + 0.25 + 0.5 * Noise.part(h, 10)) * FOLLICLE_CELL_UM;
          double dy = y - (j + 0.25 + 0.5 * Noise.part(h, 20)) * FOLLICLE_CELL_UM;
          double radius = 120 + 110 * Noise.part(h, 30);
          best = Math.max(best, radius - Math.sqrt(dx * dx + dy * dy));
        }
      }
    }
    return best + 22 * Noise.smooth(seed + 9, x / 60, y / 60);
  }

  /** Below zero between the nests of a tumour, -1..1. */
  double nest(double x, double y) {
    return Noise.smooth(seed + 10, x / 46, y / 46)
        + 0.4 * Noise.smooth(seed + 12, x / 17, y / 17)
        + 0.55;
  }

  /** How strongly the stain took, -1..1. */
  double stain(double x, double y) {
    return Noise.smooth(seed + 13, x / 800, y / 800);
  }
}
