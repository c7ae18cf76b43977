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
 * Polygons -> pixels, any rectangle by itself. A pixel belongs to a polygon when its centre does,
 * by the even-odd rule over all rings of the polygon; a centre on an edge counts for the polygon to
 * its right or below. So neighbours that share an edge share no pixel, and rectangles painted apart
 * fit.
 *
 * <p>Threads: safe for many.
 */
public final class PolygonRaster {
  private final List<Edges> inside;
  private final List<Edges> cutOut;

  /** A polygon's edges as four numbers each, x and y of both ends. */
  private record Edges(Envelope bounds, double[] ends) {
    static Edges of(Polygon polygon) {
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
      return new Edges(polygon.getEnvelopeInternal(), ends);
    }

    /** The edges that a row between two heights can cross. */
    double[] between(double top, double bottom) {
      double[] some = new double[ends.length];
      int n = 0;
      for (int i = 0; i < ends.length; i += 4) {
        if (Math.min(ends[i + 1], ends[i + 3]) <= bottom
            && Math.max(ends[i + 1], ends[i + 3]) >= top) {
          System.arraycopy(ends, i, some, n, 4);
          n += 4;
        }
      }
      return Arrays.copyOf(some, n);
    }
  }

  /**
   * A mask of what lies in one polygon at least and in none that is cut out.
   *
   * @param inside in level-0 pixels
   * @param cutOut in level-0 pixels
   */
  public PolygonRaster(List<Polygon> inside, List<Polygon> cutOut) {
    this.inside = inside.stream().map(Edges::of).toList();
    this.cutOut = cutOut.stream().map(Edges::of).toList();
  }

  /** Whether any pixel of the rectangle may be inside; false is certain. */
  public boolean touches(long x0, long y0, int width, int height) {
    Envelope here = new Envelope(x0, x0 + (double) width, y0, y0 + (double) height);
    return inside.stream().anyMatch(edges -> edges.bounds.intersects(here));
  }

  /**
   * Paints 1 inside and 0 elsewhere.
   *
   * @param x0 left edge in level-0 pixels
   * @param y0 top edge in level-0 pixels
   * @param into rows x columns uint8, row by row from index 0
   */
  public void paint(long x0, long y0, int width, int height, byte[] into) {
    Arrays.fill(into, 0, width * height, (byte) 0);
    paint(inside, x0, y0, width, height, (byte) 1, into);
    paint(cutOut, x0, y0, width, height, (byte) 0, into);
  }

  private static void paint(
      List<Edges> polygons, long x0, long y0, int width, int height, byte value, byte[] into) {
    Envelope here = new Envelope(x0, x0 + (double) width, y0, y0 + (double) height);
    for (Edges polygon : polygons) {
      if (!polygon.bounds.intersects(here)) {
        continue;
      }
      double[] edges = polygon.between(y0, y0 + (double) height);
      double[] crossings = new double[edges.length / 4];
      for (int row = 0; row < height; row++) {
        int n = crossings(edges, y0 + row + 0.5, crossings);
        for (int i = 0; i + 1 < n; i += 2) {
          int from = column(crossings[i], x0, width);
          int to = column(crossings[i + 1], x0, width);
          Arrays.fill(into, row * width + from, row * width + Math.max(from, to), value);
        }
      }
    }
  }

  /** Where a row crosses the edges, sorted; each edge owns its upper end and not its lower one. */
  private static int crossings(double[] edges, double y, double[] crossings) {
    int n = 0;
    for (int i = 0; i < edges.length; i += 4) {
      double ay = edges[i + 1];
      double by = edges[i + 3];
      if (ay <= y != by <= y) {
        double ax = edges[i];
        crossings[n++] = ax + (y - ay) * (edges[i + 2] - ax) / (by - ay);
      }
    }
    Arrays.sort(crossings, 0, n);
    return n;
  }

  /** The first column whose centre is not left of {@code x}, cut to the rectangle. */
  private static int column(double x, long x0, int width) {
    return (int) Math.min(width, Math.max(0, Math.ceil(x - 0.5) - x0));
  }
}
