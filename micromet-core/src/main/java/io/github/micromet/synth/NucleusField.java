// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

import io.github.micromet.synth.Canvas.Nucleus;
import io.github.micromet.truth.PolygonRaster;

/**
 * The nuclei of a slide: at most one in each cell of two shaken lattices, a narrow one for
 * lymphocytes and stroma and a wide one for tumour. What lies at its centre decides what a nucleus
 * is; its cell's hash decides the rest.
 *
 * <p>Threads: safe for many.
 */
final class NucleusField {
  private static final double NARROW_UM = 7.2;
  private static final double WIDE_UM = 12.0;
  private static final double LARGEST_UM = 11;
  private static final int TURNS = 64;
  private static final Colour DARK = Tint.LYMPHOCYTE.colour;
  private static final Colour DARK_RIM = Tint.LYMPHOCYTE_RIM.colour;
  private static final Colour PALE = Tint.TUMOUR_NUCLEUS.colour;
  private static final Colour PALE_RIM = Tint.TUMOUR_NUCLEUS_RIM.colour;
  private static final Colour CENTROBLAST = Tint.CENTROBLAST.colour;
  private static final Colour CENTROBLAST_RIM = Tint.CENTROBLAST_RIM.colour;
  private static final Colour SPINDLE = Tint.SPINDLE.colour;
  private static final Colour NUCLEOLUS = Tint.NUCLEOLUS.colour;

  private final long seed;
  private final Anatomy anatomy;
  private final Looks looks;
  private final PolygonRaster tumour;
  private final AdiposeCells adipose;
  private final double mpp;
  private final double[] cos = new double[TURNS];
  private final double[] sin = new double[TURNS];

  NucleusField(
      long seed,
      Anatomy anatomy,
      Looks looks,
      PolygonRaster tumour,
      AdiposeCells adipose,
      double mpp) {
    this.seed = seed;
    this.anatomy = anatomy;
    this.looks = looks;
    this.tumour = tumour;
    this.adipose = adipose;
    this.mpp = mpp;
    for (int i = 0; i < TURNS; i++) {
      cos[i] = StrictMath.cos(Math.PI * i / TURNS);
      sin[i] = StrictMath.sin(Math.PI * i / TURNS);
    }
  }

  /** Stamps every nucleus that may reach into the canvas. */
  void stamp(Canvas canvas) {
    boolean anyTumour =
        tumour.touches(
            canvas.x0 - reach(),
            canvas.y0 - reach(),
            canvas.width + 2 * reach(),
            canvas.height + 2 * reach());
    lattice(canvas, NARROW_UM, seed, (h, x, y) -> small(canvas, h, x, y, anyTumour));
    if (anyTumour) {
      lattice(canvas, WIDE_UM, seed + 1, (h, x, y) -> large(canvas, h, x, y));
    }
  }

  private int reach() {
    return (int) Math.ceil(LARGEST_UM / mpp);
  }

  private interface Cell {
    void at(long hash, double x, double y);
  }

  /** Calls for each cell with its shaken centre in micrometres, row by row. */
  private void lattice(Canvas canvas, double cellUm, long cellSeed, Cell cell) {
    // One cell more on the left: the shift and the shaking move a centre past its cell's right.
    long left = (long) Math.floor((canvas.x0 * mpp - LARGEST_UM) / cellUm) - 1;
    long right = (long) Math.floor(((canvas.x0 + canvas.width) * mpp + LARGEST_UM) / cellUm);
    long top = (long) Math.floor((canvas.y0 * mpp - LARGEST_UM) / cellUm);
    long bottom = (long) Math.floor(((canvas.y0 + canvas.height) * mpp + LARGEST_UM) / cellUm);
    for (long j = top; j <= bottom; j++) {
      for (long i = left; i <= right; i++) {
        long h = Noise.hash(cellSeed, i, j);
        // Every other row is shifted by half a cell, or rows of nuclei show.
        double shift = (j & 1) * 0.5;
        cell.at(
            h,
            (i + shift + 0.14 + 0.72 * Noise.part(h, 0)) * cellUm,
            (j + 0.14 + 0.72 * Noise.part(h, 10)) * cellUm);
      }
    }
  }

  private boolean inTumour(double x, double y) {
    byte[] one = new byte[1];
    tumour.paint((long) Math.floor(x / mpp), (long) Math.floor(y / mpp), 1, 1, one);
    return one[0] == 1;
  }

  private void small(Canvas canvas, long h, double x, double y, boolean anyTumour) {
    double depth = anatomy.depth(x, y);
    if (depth < 2) {
      return;
    }
    double chance = Noise.part(h, 20);
    double size = Noise.part(h, 30);
    if (anyTumour && inTumour(x, y)) {
      if (chance < 0.07 || anatomy.nest(x, y) < 0 && chance < 0.3) {
        lymphocyte(canvas, h, x, y, size);
      }
    } else if (depth < Anatomy.CAPSULE_UM || anatomy.strand(x, y) > 0) {
      if (chance < 0.3) {
        round(canvas, h, x, y, 4.6 + 1.5 * size, 1.2 + 0.5 * size, SPINDLE, SPINDLE, 0, 8);
      }
    } else if (anatomy.fat(x, y, depth) > 0) {
      if (chance < 0.12 && adipose.wall(x, y) < 1.6) {
        round(canvas, h, x, y, 3.2, 1.3, SPINDLE, SPINDLE, 0, 8);
      }
    } else if (anatomy.follicle(x, y, depth) > 0) {
      if (chance < taken(Looks.Nuclei.CENTROBLAST, x, y, 0.66)) {
        double radius = 3.5 + 1.1 * size;
        double pallor = pallor(Looks.Nuclei.CENTROBLAST, h, x, y);
        Colour core = looks.plain() ? CENTROBLAST : DARK.towards(PALE, pallor);
        Colour rim = looks.plain() ? CENTROBLAST_RIM : DARK_RIM.towards(PALE_RIM, pallor);
        round(canvas, h, x, y, radius, radius * 0.9, core, rim, 0.12, 18);
      }
    } else if (chance < taken(Looks.Nuclei.LYMPHOCYTE, x, y, 0.94)) {
      lymphocyte(canvas, h, x, y, size);
    }
  }

  private void lymphocyte(Canvas canvas, long h, double x, double y, double size) {
    double radius = 2.7 + 0.7 * size;
    double pallor = pallor(Looks.Nuclei.LYMPHOCYTE, h, x, y);
    Colour core = DARK.towards(PALE, pallor);
    Colour rim = DARK_RIM.towards(PALE_RIM, pallor);
    round(canvas, h, x, y, radius, radius * 0.93, core, rim, 0.05, 22);
  }

  /** How many of the places for nuclei are taken: as in a plain slide, or as looks have it. */
  private double taken(Looks.Nuclei kind, double x, double y, double plain) {
    return looks.plain() ? plain : looks.density(kind, x, y, plain);
  }

  /** 0 dark, 1 pale; a plain slide has dark lymphocytes and pale tumour cells. */
  private double pallor(Looks.Nuclei kind, long h, double x, double y) {
    if (looks.plain()) {
      return kind == Looks.Nuclei.TUMOUR ? 1 : 0;
    }
    return looks.pallor(kind, h, x, y);
  }

  private void large(Canvas canvas, long h, double x, double y) {
    if (!inTumour(x, y)
        || Noise.part(h, 20) > taken(Looks.Nuclei.TUMOUR, x, y, 0.9)
        || anatomy.strand(x, y) > 0
        || anatomy.nest(x, y) < 0) {
      return;
    }
    double radius = 4.8 + 2.4 * Noise.part(h, 30);
    double flat = 0.62 + 0.36 * Noise.part(h, 36);
    double pallor = pallor(Looks.Nuclei.TUMOUR, h, x, y);
    round(
        canvas,
        h,
        x,
        y,
        radius,
        radius * flat,
        DARK.towards(PALE, pallor),
        DARK_RIM.towards(PALE_RIM, pallor),
        0.04 + 0.16 * Noise.part(h, 40),
        34);
    double away = radius * 0.3;
    int turn = (int) (h >>> 44 & TURNS - 1);
    round(
        canvas,
        h,
        x + away * cos[turn],
        y + away * sin[turn],
        1.3,
        1.1,
        NUCLEOLUS,
        NUCLEOLUS,
        0,
        0);
  }

  private void round(
      Canvas canvas,
      long h,
      double x,
      double y,
      double longUm,
      double shortUm,
      Colour core,
      Colour rim,
      double lobed,
      int grain) {
    int turn = (int) (h >>> 50 & TURNS - 1);
    canvas.stamp(
        new Nucleus(
            x / mpp,
            y / mpp,
            longUm / mpp,
            shortUm / mpp,
            cos[turn],
            sin[turn],
            lobed,
            core,
            rim,
            grain));
  }
}
