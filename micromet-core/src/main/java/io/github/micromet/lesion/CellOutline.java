// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.lesion;

import io.github.micromet.grid.Grid;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * The outline of one edge-connected area of cells, by walking the sides between the area and the
 * rest with the area at the right hand.
 *
 * <p>At a corner where two of the area's cells meet only diagonally, the walk turns so that it
 * keeps to the same gap. Then no ring passes a corner twice: a gap closed by that corner is a hole
 * that touches the shell in a point, which a valid polygon may do.
 */
final class CellOutline {
  // The sides of a cell as directions of walking, clockwise (y is down): top east, right south...
  private static final int EAST = 0;
  private static final int SOUTH = 1;
  private static final int WEST = 2;
  private static final int NORTH = 3;
  private static final int[] STEP_X = {1, 0, -1, 0};
  private static final int[] STEP_Y = {0, 1, 0, -1};

  private static final GeometryFactory GEOMETRY = new GeometryFactory();

  private final CellArea area;
  private final BitSet cells; // of the rectangle around the area; so are rows and columns below
  private final Grid grid;
  private final long width;
  private final long height;
  private final BitSet walkedTops; // sides walked east, by the cell below them

  private CellOutline(CellArea area, Grid grid, long width, long height) {
    this.area = area;
    this.cells = area.bits();
    this.grid = grid;
    this.width = width;
    this.height = height;
    this.walkedTops = new BitSet();
  }

  /**
   * The outline in level-0 pixels, cut to the slide; each cell must have a part on the slide.
   *
   * @param area connected by edges
   */
  static Polygon of(CellArea area, Grid grid, long width, long height) {
    return new CellOutline(area, grid, width, height).polygon();
  }

  private Polygon polygon() {
    List<LinearRing> holes = new ArrayList<>();
    LinearRing shell = GEOMETRY.createLinearRing();
    // Every ring has a side that is walked east, so has a cell with nothing above it; the shell
    // has the first of all.
    for (int at = cells.nextSetBit(0); at >= 0; at = cells.nextSetBit(at + 1)) {
      int row = at / area.columns();
      int column = at % area.columns();
      if (!holds(row - 1, column) && !walkedTops.get(at)) {
        LinearRing ring = walk(row, column);
        if (shell.isEmpty()) {
          shell = ring;
        } else {
          holes.add(ring);
        }
      }
    }
    return GEOMETRY.createPolygon(shell, holes.toArray(LinearRing[]::new));
  }

  /** From the top left corner of a cell with nothing above it, east, until there again. */
  private LinearRing walk(int startRow, int startColumn) {
    List<Coordinate> corners = new ArrayList<>();
    int x = startColumn;
    int y = startRow;
    int heading = EAST;
    do {
      if (heading == EAST) {
        walkedTops.set(y * area.columns() + x);
      }
      x += STEP_X[heading];
      y += STEP_Y[heading];
      int next = turn(x, y, heading);
      if (next != heading) {
        corners.add(corner(x, y));
      }
      heading = next;
    } while (x != startColumn || y != startRow || heading != EAST);
    corners.add(corners.get(0).copy());
    return ring(corners);
  }

  /** Where to go on from a corner. */
  private int turn(int x, int y, int heading) {
    boolean left = ahead(x, y, heading, true);
    boolean right = ahead(x, y, heading, false);
    if (left) {
      return (heading + 3) % 4; // also where the right is empty: keep to the same gap
    }
    return right ? heading : (heading + 1) % 4;
  }

  /** Is the cell ahead of a corner, to the left or the right of the heading, in the area? */
  private boolean ahead(int x, int y, int heading, boolean left) {
    return switch (heading) {
      case EAST -> holds(left ? y - 1 : y, x);
      case SOUTH -> holds(y, left ? x : x - 1);
      case WEST -> holds(left ? y : y - 1, x - 1);
      case NORTH -> holds(y - 1, left ? x - 1 : x);
      default -> throw new IllegalArgumentException("no such heading: " + heading);
    };
  }

  private boolean holds(int row, int column) {
    boolean inside = row >= 0 && row < area.rows() && column >= 0 && column < area.columns();
    return inside && cells.get(row * area.columns() + column);
  }

  private Coordinate corner(int column, int row) {
    double x0 = Math.min(Math.max(grid.edgeX0(area.left() + column), 0), width);
    double y0 = Math.min(Math.max(grid.edgeY0(area.top() + row), 0), height);
    return new Coordinate(x0, y0);
  }

  private static LinearRing ring(List<Coordinate> corners) {
    return GEOMETRY.createLinearRing(corners.toArray(Coordinate[]::new));
  }
}
