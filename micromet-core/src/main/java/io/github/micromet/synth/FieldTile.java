// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

/**
 * The fields of an {@link Anatomy} over one rectangle, computed on a lattice of 16 pixels that all
 * rectangles share and interpolated between, which costs a hundredth and looks the same.
 */
final class FieldTile {
  static final int DEPTH = 0;
  static final int FAT = 1;
  static final int STRAND = 2;
  static final int FOLLICLE = 3;
  static final int NEST = 4;
  static final int STAIN = 5;
  // The rest only where looks vary.
  static final int GROUND = 6;
  static final int HAEMATOXYLIN = 7;
  static final int EOSIN = 8;

  private static final int PLAIN = 6;
  private static final int VARIED = 9;

  private static final int STEP = 16;

  private final long x0;
  private final long y0;
  private final long column;
  private final long row;
  private final int columns;
  private final Looks looks;
  private final Stain stain;
  private final int count;
  private final float[][] nodes;
  private final float[][] line;

  FieldTile(
      Anatomy anatomy,
      Looks looks,
      Stain stain,
      long x0,
      long y0,
      int width,
      int height,
      double mpp) {
    this.looks = looks;
    this.stain = stain;
    this.count = looks.plain() ? PLAIN : VARIED;
    this.nodes = new float[count][];
    this.line = new float[count][];
    this.x0 = x0;
    this.y0 = y0;
    this.column = Math.floorDiv(x0, (long) STEP);
    this.row = Math.floorDiv(y0, (long) STEP);
    this.columns = (int) (Math.floorDiv(x0 + width - 1, (long) STEP) - column) + 2;
    int rows = (int) (Math.floorDiv(y0 + height - 1, (long) STEP) - row) + 2;
    for (int field = 0; field < count; field++) {
      nodes[field] = new float[columns * rows];
      line[field] = new float[columns];
    }
    for (int j = 0, at = 0; j < rows; j++) {
      for (int i = 0; i < columns; i++, at++) {
        sample(anatomy, at, (column + i) * STEP * mpp, (row + j) * STEP * mpp);
      }
    }
  }

  private void sample(Anatomy anatomy, int at, double x, double y) {
    double depth = anatomy.depth(x, y);
    nodes[DEPTH][at] = (float) depth;
    if (depth > -60) {
      nodes[FAT][at] = (float) anatomy.fat(x, y, depth);
      nodes[STRAND][at] = (float) anatomy.strand(x, y);
      nodes[FOLLICLE][at] = (float) anatomy.follicle(x, y, depth);
      nodes[NEST][at] = (float) anatomy.nest(x, y);
      nodes[STAIN][at] = (float) anatomy.stain(x, y);
    }
    if (count == VARIED) {
      nodes[GROUND][at] = (float) looks.ground(x, y);
      nodes[HAEMATOXYLIN][at] = (float) stain.haematoxylin(x, y);
      nodes[EOSIN][at] = (float) stain.eosin(x, y);
    }
  }

  /** True if no pixel of the rectangle is tissue. */
  boolean isEmpty() {
    for (float depth : nodes[DEPTH]) {
      if (depth > -30) {
        return false;
      }
    }
    return true;
  }

  /** Makes {@link #at} answer for that row of the rectangle. */
  void row(int y) {
    long absolute = y0 + y;
    int upper = (int) (Math.floorDiv(absolute, (long) STEP) - row) * columns;
    float share = Math.floorMod(absolute, (long) STEP) / (float) STEP;
    for (int field = 0; field < count; field++) {
      float[] from = nodes[field];
      float[] to = line[field];
      for (int i = 0; i < columns; i++) {
        to[i] = from[upper + i] + (from[upper + columns + i] - from[upper + i]) * share;
      }
    }
  }

  /** A field at a pixel of the current row. */
  float at(int field, int x) {
    long absolute = x0 + x;
    int left = (int) (Math.floorDiv(absolute, (long) STEP) - column);
    float share = (absolute & STEP - 1) / (float) STEP;
    float[] of = line[field];
    return of[left] + (of[left + 1] - of[left]) * share;
  }
}
