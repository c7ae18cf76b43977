// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.locationtech.jts.geom.Envelope;
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
  private final List<PolygonEdges> inside;
  private final List<PolygonEdges> cutOut;

  /**
   * A mask of what lies in one polygon at least and in none that is cut out.
   *
   * @param inside in level-0 pixels
   * @param cutOut in level-0 pixels
   */
  public PolygonRaster(List<Polygon> inside, List<Polygon> cutOut) {
    this.inside = inside.stream().map(PolygonEdges::new).toList();
    this.cutOut = cutOut.stream().map(PolygonEdges::new).toList();
  }

  /** Whether any pixel of the rectangle may be inside; false is certain. */
  public boolean touches(long x0, long y0, int width, int height) {
    Envelope here = new Envelope(x0, x0 + (double) width, y0, y0 + (double) height);
    return inside.stream().anyMatch(edges -> edges.bounds().intersects(here));
  }

  /**
   * The one value of all pixels of a rectangle, if no edge runs between their centres; empty says
   * nothing.
   */
  public OptionalInt constant(long x0, long y0, int width, int height) {
    double left = x0 + 0.5;
    double top = y0 + 0.5;
    double right = left + width - 1;
    double bottom = top + height - 1;
    for (List<PolygonEdges> polygons : List.of(inside, cutOut)) {
      for (PolygonEdges polygon : polygons) {
        if (polygon.reach(left, top, right, bottom)) {
          return OptionalInt.empty();
        }
      }
    }
    return OptionalInt.of(at(left, top) ? 1 : 0);
  }

  /** Whether a point is inside, by the rule of the pixels' centres. */
  boolean at(double x0, double y0) {
    return inside.stream().anyMatch(polygon -> polygon.holds(x0, y0))
        && cutOut.stream().noneMatch(polygon -> polygon.holds(x0, y0));
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
      List<PolygonEdges> polygons,
      long x0,
      long y0,
      int width,
      int height,
      byte value,
      byte[] into) {
    Envelope here = new Envelope(x0, x0 + (double) width, y0, y0 + (double) height);
    for (PolygonEdges polygon : polygons) {
      if (!polygon.bounds().intersects(here)) {
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
        crossings[n++] = PolygonEdges.crossing(edges, i, y);
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
