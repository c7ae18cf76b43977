// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/** Draws lesions of asked kinds and finds room for them in the tissue. */
final class LesionPlacement {
  /** Thirty cells of level 6, and one more for the pixels' own size. */
  static final double APART_PX = 31 * 64;

  private static final double UNDER_EDGE_UM = 70;
  private static final int TRIES = 6000;
  private static final GeometryFactory GEOMETRY = new GeometryFactory();

  private final Anatomy anatomy;
  private final long seed;
  private final SlideGroup group;
  private final double mpp;

  LesionPlacement(Anatomy anatomy, long seed, SynthOptions options) {
    this(
        anatomy,
        seed,
        new SlideGroup(1, options.width(), options.height(), options.lesions()),
        options.mpp());
  }

  LesionPlacement(Anatomy anatomy, long seed, SlideGroup group, double mpp) {
    this.anatomy = anatomy;
    this.seed = seed;
    this.group = group;
    this.mpp = mpp;
  }

  /**
   * Places every lesion of the group, the largest kind first.
   *
   * @throws MicrometException of kind USAGE if there is no room
   */
  List<SyntheticLesion> place(String slide) {
    List<LesionKind> kinds = new ArrayList<>(group.lesions());
    kinds.sort(Comparator.naturalOrder());
    List<SyntheticLesion> placed = new ArrayList<>();
    for (LesionKind kind : kinds) {
      placed.add(one(slide, kind, placed));
    }
    return placed;
  }

  private SyntheticLesion one(String slide, LesionKind kind, List<SyntheticLesion> placed) {
    for (int i = 0; i < TRIES; i++) {
      long h = Noise.hash(seed, i, placed.size() + 1000L);
      // Later tries draw smaller ones: most slides have room for the least of a kind.
      double share = Noise.part(h, 0) * (TRIES - i) / TRIES;
      double longest = kind.leastUm + (kind.mostUm - kind.leastUm) * share;
      double x = group.width() * Noise.part(h, 10);
      double y = group.height() * Noise.part(h, 20);
      if (anatomy.depth(x * mpp, y * mpp) < longest / 4) {
        continue;
      }
      SyntheticLesion lesion = SyntheticLesion.of(shape(h, x, y, longest / mpp), mpp);
      if (lesion.kind() == kind && fits(lesion.outline(), placed)) {
        return lesion;
      }
    }
    throw new MicrometException(
        ErrorKind.USAGE,
        slide,
        "has no room for lesion "
            + (placed.size() + 1)
            + " ("
            + kind
            + ", at least "
            + (int) kind.leastUm
            + " um) in "
            + group.width()
            + " x "
            + group.height()
            + " pixels of "
            + mpp
            + " um, 30 cells of 64 pixels from the others",
        "Ask for a larger slide, or for fewer or smaller lesions.");
  }

  private boolean fits(Polygon outline, List<SyntheticLesion> placed) {
    for (Coordinate point : outline.getCoordinates()) {
      if (anatomy.depth(point.x * mpp, point.y * mpp) < UNDER_EDGE_UM) {
        return false;
      }
    }
    return placed.stream().allMatch(other -> other.outline().distance(outline) >= APART_PX);
  }

  /** A lobed, elongated outline around a point; its longest extent is exact before rounding. */
  private Polygon shape(long h, double x, double y, double longestPx) {
    double flat = 0.55 + 0.35 * Noise.part(h, 30);
    double turn = 2 * Math.PI * Noise.part(h, 40);
    int count = (int) Math.max(24, Math.min(400, longestPx * 3 / 40));
    double[][] points = new double[count][];
    for (int i = 0; i < count; i++) {
      double angle = 2 * Math.PI * i / count;
      double radius = 1;
      for (int lobe = 2; lobe <= 7; lobe++) {
        long l = Noise.hash(h, lobe, 3);
        double phase = 2 * Math.PI * Noise.part(l, 0);
        radius += 0.26 / lobe * (Noise.part(l, 10) + 0.3) * StrictMath.cos(lobe * angle + phase);
      }
      double u = radius * StrictMath.cos(angle);
      double v = radius * flat * StrictMath.sin(angle);
      points[i] =
          new double[] {
            u * StrictMath.cos(turn) - v * StrictMath.sin(turn),
            u * StrictMath.sin(turn) + v * StrictMath.cos(turn)
          };
    }
    double scale = longestPx / longest(points);
    Coordinate[] ring = new Coordinate[count + 1];
    for (int i = 0; i < count; i++) {
      ring[i] =
          new Coordinate(Math.rint(x + points[i][0] * scale), Math.rint(y + points[i][1] * scale));
    }
    ring[count] = ring[0].copy();
    return GEOMETRY.createPolygon(ring);
  }

  private static double longest(double[][] points) {
    double longest = 0;
    for (double[] a : points) {
      for (double[] b : points) {
        longest = Math.max(longest, Math.sqrt(square(a[0] - b[0]) + square(a[1] - b[1])));
      }
    }
    return longest;
  }

  private static double square(double value) {
    return value * value;
  }
}
