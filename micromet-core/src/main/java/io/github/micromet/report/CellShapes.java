// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.grid.Grid;
import io.github.micromet.tissue.TissueMask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.union.UnaryUnionOp;

/** The outlines of a mask's cells, in level-0 pixels. Threads: stateless. */
final class CellShapes {
  private static final GeometryFactory SHAPES = new GeometryFactory();

  private CellShapes() {}

  /**
   * One polygon, with its holes, for each area of cells that share an edge; from top to bottom,
   * then left to right, by their bounds.
   */
  static List<Polygon> of(TissueMask mask) {
    // Whole cell numbers, so the union is exact; level-0 pixels come after.
    Geometry union = UnaryUnionOp.union(runs(mask), SHAPES);
    List<Polygon> polygons = new ArrayList<>();
    for (int i = 0; i < union.getNumGeometries(); i++) {
      Geometry part = union.getGeometryN(i).norm();
      if (part instanceof Polygon polygon && !polygon.isEmpty()) {
        polygons.add(polygon);
      }
    }
    polygons.sort(
        Comparator.<Polygon>comparingDouble(polygon -> bounds(polygon).getMinY())
            .thenComparingDouble(polygon -> bounds(polygon).getMinX())
            .thenComparing(Comparator.naturalOrder()));
    return polygons.stream().map(polygon -> inPixels(polygon, mask.grid())).toList();
  }

  private static Envelope bounds(Polygon polygon) {
    return polygon.getEnvelopeInternal();
  }

  private static List<Geometry> runs(TissueMask mask) {
    Grid grid = mask.grid();
    List<Geometry> runs = new ArrayList<>();
    for (int row = 0; row < grid.rows(); row++) {
      int start = -1;
      for (int column = 0; column <= grid.columns(); column++) {
        boolean tissue = column < grid.columns() && mask.at(row, column);
        if (tissue && start < 0) {
          start = column;
        } else if (!tissue && start >= 0) {
          runs.add(SHAPES.toGeometry(new Envelope(start, column, row, row + 1.0)));
          start = -1;
        }
      }
    }
    return runs;
  }

  private static Polygon inPixels(Polygon cells, Grid grid) {
    LinearRing[] holes = new LinearRing[cells.getNumInteriorRing()];
    for (int i = 0; i < holes.length; i++) {
      holes[i] = inPixels(cells.getInteriorRingN(i), grid);
    }
    return SHAPES.createPolygon(inPixels(cells.getExteriorRing(), grid), holes);
  }

  private static LinearRing inPixels(LinearRing cells, Grid grid) {
    Coordinate[] corners = cells.getCoordinates();
    for (int i = 0; i < corners.length; i++) {
      corners[i] = new Coordinate(grid.edgeX0((int) corners[i].x), grid.edgeY0((int) corners[i].y));
    }
    return SHAPES.createLinearRing(corners);
  }
}
