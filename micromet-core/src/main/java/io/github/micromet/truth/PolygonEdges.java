// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * The edges of one polygon's rings, sorted into horizontal strips, so that a question about a few
 * rows looks at a few edges however many there are. Inside is even-odd over all rings.
 *
 * <p>Threads: safe for many.
 */
final class PolygonEdges {
  private static final int MOST_STRIPS = 1 << 14;

  private final Envelope bounds;
  private final double[] ends; // four an edge: x and y of both
  private final double strip; // height of one
  private final int strips;
  private final int[] from; // strips + 1: where each strip's edges begin in listed
  private final int[] listed; // an edge is listed in every strip it reaches

  PolygonEdges(Polygon polygon) {
    bounds = polygon.getEnvelopeInternal();
    ends = ends(polygon);
    int edges = ends.length / 4;
    double reach = 0;
    for (int i = 0; i < edges; i++) {
      reach += bottom(i) - top(i);
    }
    // Strips as high as the mean edge: then an edge is listed twice or so, whatever the shape.
    double least = Math.max(bounds.getHeight() / MOST_STRIPS, Double.MIN_NORMAL);
    strip = Math.max(edges == 0 ? 0 : reach / edges, least);
    strips = (int) Math.min(MOST_STRIPS, Math.floor(bounds.getHeight() / strip)) + 1;
    from = new int[strips + 1];
    for (int i = 0; i < edges; i++) {
      for (int s = strip(top(i)); s <= strip(bottom(i)); s++) {
        from[s + 1]++;
      }
    }
    for (int s = 0; s < strips; s++) {
      from[s + 1] += from[s];
    }
    listed = new int[from[strips]];
    int[] next = from.clone();
    for (int i = 0; i < edges; i++) {
      for (int s = strip(top(i)); s <= strip(bottom(i)); s++) {
        listed[next[s]++] = i;
      }
    }
  }

  private static double[] ends(Polygon polygon) {
    List<LinearRing> rings = new ArrayList<>();
    rings.add(polygon.getExteriorRing());
    for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
      rings.add(polygon.getInteriorRingN(i));
    }
    int count = rings.stream().mapToInt(ring -> Math.max(0, ring.getNumPoints() - 1)).sum();
    double[] ends = new double[count * 4];
    int at = 0;
    for (LinearRing ring : rings) {
      for (int i = 0; i + 1 < ring.getNumPoints(); i++) {
        Coordinate a = ring.getCoordinateN(i);
        Coordinate b = ring.getCoordinateN(i + 1);
        ends[at++] = a.x;
        ends[at++] = a.y;
        ends[at++] = b.x;
        ends[at++] = b.y;
      }
    }
    return ends;
  }

  Envelope bounds() {
    return bounds;
  }

  private double top(int edge) {
    return Math.min(ends[edge * 4 + 1], ends[edge * 4 + 3]);
  }

  private double bottom(int edge) {
    return Math.max(ends[edge * 4 + 1], ends[edge * 4 + 3]);
  }

  private int strip(double y) {
    return (int) Math.max(0, Math.min(strips - 1, Math.floor((y - bounds.getMinY()) / strip)));
  }

  /** The ends of the edges that rows between two heights can cross, four an edge. */
  double[] between(double top, double bottom) {
    double[] some = new double[64];
    int n = 0;
    int first = strip(top);
    for (int s = first; s <= strip(bottom); s++) {
      for (int k = from[s]; k < from[s + 1]; k++) {
        int edge = listed[k];
        boolean seen = s > first && strip(top(edge)) < s;
        if (!seen && top(edge) <= bottom && bottom(edge) >= top) {
          some = n == some.length ? Arrays.copyOf(some, n * 2) : some;
          System.arraycopy(ends, edge * 4, some, n, 4);
          n += 4;
        }
      }
    }
    return Arrays.copyOf(some, n);
  }

  /** Whether an edge has a point in a rectangle, its border counted. */
  boolean reach(double left, double top, double right, double bottom) {
    if (!bounds.intersects(new Envelope(left, right, top, bottom))) {
      return false;
    }
    for (int s = strip(top); s <= strip(bottom); s++) {
      for (int k = from[s]; k < from[s + 1]; k++) {
        if (reaches(listed[k] * 4, left, top, right, bottom)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean reaches(int at, double left, double top, double right, double bottom) {
    double ay = ends[at + 1];
    double by = ends[at + 3];
    if (Math.min(ay, by) > bottom || Math.max(ay, by) < top) {
      return false;
    }
    double ax = ends[at];
    double bx = ends[at + 2];
    if (ay != by) {
      // The part of the edge between the two heights.
      double slope = (bx - ax) / (by - ay);
      double x1 = ax + (clamp(ay, top, bottom) - ay) * slope;
      double x2 = ax + (clamp(by, top, bottom) - ay) * slope;
      ax = x1;
      bx = x2;
    }
    return Math.min(ax, bx) <= right && Math.max(ax, bx) >= left;
  }

  private static double clamp(double value, double least, double most) {
    return Math.min(most, Math.max(least, value));
  }

  /** Even-odd; a point on an edge belongs to what lies to its right or below. */
  boolean holds(double x, double y) {
    if (!bounds.intersects(x, y)) {
      return false;
    }
    boolean odd = false;
    int s = strip(y);
    for (int k = from[s]; k < from[s + 1]; k++) {
      int at = listed[k] * 4;
      double ay = ends[at + 1];
      double by = ends[at + 3];
      if (ay <= y != by <= y && crossing(ends, at, y) <= x) {
        odd = !odd;
      }
    }
    return odd;
  }

  /** Where a row crosses an edge that ends on both sides of it. */
  static double crossing(double[] ends, int at, double y) {
    double ax = ends[at];
    double ay = ends[at + 1];
    return ax + (y - ay) * (ends[at + 2] - ax) / (ends[at + 3] - ay);
  }

  /** Even-odd, and every point of an edge counted in; exact for whole numbers. */
  boolean holdsOrTouches(double x, double y) {
    if (!bounds.intersects(x, y)) {
      return false;
    }
    int s = strip(y);
    for (int k = from[s]; k < from[s + 1]; k++) {
      if (touches(listed[k] * 4, x, y)) {
        return true;
      }
    }
    return holds(x, y);
  }

  private boolean touches(int at, double x, double y) {
    double ax = ends[at] - x;
    double ay = ends[at + 1] - y;
    double bx = ends[at + 2] - x;
    double by = ends[at + 3] - y;
    // Not the crossing of a row, which is rounded: products of whole numbers are exact.
    return ax * by == ay * bx && ax * bx <= 0 && ay * by <= 0;
  }
}
