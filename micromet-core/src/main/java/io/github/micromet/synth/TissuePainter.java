// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.write.RegionPainter;
import io.github.micromet.truth.PolygonRaster;

/**
 * Paints any rectangle of a synthetic lymph node: first the ground by what lies where, then the
 * nuclei whose centres are in or near it, in an order that all rectangles share.
 *
 * <p>Threads: safe for many.
 */
final class TissuePainter implements RegionPainter {
  private static final int FINE_EDGE = 1024;
  private static final int COARSE_EDGE = 729;
  private static final Colour GLASS = Tint.GLASS.colour;
  private static final Colour LYMPH = Tint.LYMPH.colour;
  private static final Colour FOLLICLE = Tint.FOLLICLE.colour;
  private static final Colour TUMOUR = Tint.TUMOUR.colour;
  private static final Colour CLEFT = Tint.CLEFT.colour;
  private static final Colour COLLAGEN = Tint.COLLAGEN.colour;
  private static final Colour SEPTUM = Tint.SEPTUM.colour;

  private final Anatomy anatomy;
  private final PolygonRaster tumour;
  private final double mpp;
  private final byte[] fine;
  private final byte[] coarse;
  private final NucleusField nuclei;
  private final AdiposeCells adipose;
  private final Looks looks;
  private final Stain stain;

  /** A painter of slides that all look alike. */
  TissuePainter(long seed, Anatomy anatomy, PolygonRaster tumour, double mpp) {
    this(seed, anatomy, tumour, mpp, 0);
  }

  /**
   * @param variety see {@link Looks}
   */
  TissuePainter(long seed, Anatomy anatomy, PolygonRaster tumour, double mpp, double variety) {
    this.anatomy = anatomy;
    this.tumour = tumour;
    this.mpp = mpp;
    this.fine = Noise.texture(seed + 101, FINE_EDGE, 1);
    this.coarse = Noise.texture(seed + 102, COARSE_EDGE, 5);
    this.adipose = new AdiposeCells(seed + 103);
    this.looks = new Looks(seed + 106, variety);
    this.stain = new Stain(seed + 107, variety);
    this.nuclei = new NucleusField(seed + 104, anatomy, looks, tumour, adipose, mpp);
  }

  @Override
  public void paint(long x0, long y0, RgbImage into) {
    Canvas canvas = new Canvas(x0, y0, into.width(), into.height(), fine, FINE_EDGE);
    FieldTile fields =
        new FieldTile(anatomy, looks, stain, x0, y0, canvas.width, canvas.height, mpp);
    if (fields.isEmpty()) {
      glass(canvas);
    } else {
      byte[] inTumour = new byte[canvas.width * canvas.height];
      tumour.paint(x0, y0, canvas.width, canvas.height, inTumour);
      for (int y = 0; y < canvas.height; y++) {
        fields.row(y);
        ground(canvas, fields, inTumour, y);
      }
      nuclei.stamp(canvas);
      if (!looks.plain()) {
        stain(canvas, fields);
      }
    }
    canvas.copyTo(into);
  }

  private static void glass(Canvas canvas) {
    for (int y = 0; y < canvas.height; y++) {
      for (int x = 0; x < canvas.width; x++) {
        canvas.ground(x, y, GLASS, canvas.fine(canvas.x0 + x, canvas.y0 + y) / 24);
      }
    }
  }

  private void ground(Canvas canvas, FieldTile fields, byte[] inTumour, int y) {
    long line = Math.floorMod(canvas.y0 + y, COARSE_EDGE) * (long) COARSE_EDGE;
    for (int x = 0; x < canvas.width; x++) {
      int grain = canvas.fine(canvas.x0 + x, canvas.y0 + y);
      int cloud = coarse[(int) (line + Math.floorMod(canvas.x0 + x, COARSE_EDGE))];
      // The grain roughens every border by a micrometre or two.
      float depth = fields.at(FieldTile.DEPTH, x) + cloud * 0.05f;
      if (depth < 0) {
        canvas.ground(x, y, GLASS, grain / 24);
        continue;
      }
      int shade = (int) (fields.at(FieldTile.STAIN, x) * 3) + grain / 8 + cloud / 6;
      boolean strand = fields.at(FieldTile.STRAND, x) + cloud * 0.06f > 0;
      if (inTumour[y * canvas.width + x] == 1) {
        boolean cleft = fields.at(FieldTile.NEST, x) + cloud * 0.004f < 0;
        canvas.ground(x, y, strand ? COLLAGEN : tumour(fields, x, cleft), shade);
      } else if (depth < Anatomy.CAPSULE_UM || strand) {
        canvas.ground(x, y, COLLAGEN, shade + cloud / 8);
      } else if (fields.at(FieldTile.FAT, x) > 0) {
        boolean wall = adipose.wall((canvas.x0 + x + 0.5) * mpp, (canvas.y0 + y + 0.5) * mpp) < 2.2;
        canvas.ground(x, y, wall ? SEPTUM : GLASS, wall ? shade : grain / 24);
      } else {
        boolean pale = fields.at(FieldTile.FOLLICLE, x) > 0;
        canvas.ground(x, y, node(fields, x, pale), shade);
      }
    }
  }

  private Colour node(FieldTile fields, int x, boolean pale) {
    if (looks.plain()) {
      return pale ? FOLLICLE : LYMPH;
    }
    return LYMPH.towards(TUMOUR, fields.at(FieldTile.GROUND, x));
  }

  private Colour tumour(FieldTile fields, int x, boolean cleft) {
    if (looks.plain()) {
      return cleft ? CLEFT : TUMOUR;
    }
    return LYMPH.towards(TUMOUR, fields.at(FieldTile.GROUND, x));
  }

  private void stain(Canvas canvas, FieldTile fields) {
    for (int y = 0; y < canvas.height; y++) {
      fields.row(y);
      for (int x = 0; x < canvas.width; x++) {
        canvas.stain(
            x, y, stain, fields.at(FieldTile.HAEMATOXYLIN, x), fields.at(FieldTile.EOSIN, x));
      }
    }
  }
}
