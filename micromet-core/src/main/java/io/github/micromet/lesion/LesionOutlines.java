// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.lesion;

import io.github.micromet.grid.Grid;
import io.github.micromet.map.ProbabilityMap;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.SlideInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Polygon;

/**
 * Connected areas of cells above a threshold, as polygons.
 *
 * <p>Cells are connected by their edges. Two areas that only meet at a corner are two lesions:
 * joined they would be no valid polygon. Every cell above the threshold is in exactly one lesion,
 * so each detection of the same threshold lies in one.
 *
 * <p>Threads: stateless.
 */
public final class LesionOutlines {
  private final ProbabilityMap map;
  private final Grid grid;
  private final SlideInfo info;

  private LesionOutlines(ProbabilityMap map, SlideInfo info) {
    this.map = map;
    this.grid = map.grid();
    this.info = info;
  }

  /**
   * The lesions in row-major order of their first cell, cut to the slide's bounds.
   *
   * @param threshold cells above it belong to a lesion; not negative
   * @param info for the slide's size and spacing
   */
  public static List<Lesion> of(ProbabilityMap map, double threshold, SlideInfo info) {
    if (!(threshold >= 0)) {
      throw new IllegalArgumentException("the threshold is not negative: " + threshold);
    }
    return new LesionOutlines(map, info).lesions(threshold);
  }

  private List<Lesion> lesions(double threshold) {
    BitSet open = new BitSet(grid.cells());
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        if (map.at(row, column) > threshold && onSlide(row, column)) {
          open.set(grid.index(row, column));
        }
      }
    }
    List<Lesion> lesions = new ArrayList<>();
    for (int at = open.nextSetBit(0); at >= 0; at = open.nextSetBit(at)) {
      lesions.add(lesion(takeArea(open, at)));
    }
    return List.copyOf(lesions);
  }

  /** A level with an odd ratio may have cells beyond the slide: nothing is there to outline. */
  private boolean onSlide(int row, int column) {
    return grid.edgeX0(column) < info.width()
        && grid.edgeX0(column + 1) > 0
        && grid.edgeY0(row) < info.height()
        && grid.edgeY0(row + 1) > 0;
  }

  private CellArea takeArea(BitSet open, int start) {
    CellArea area = new CellArea(grid.columns());
    ArrayDeque<Integer> edge = new ArrayDeque<>();
    open.clear(start);
    edge.push(start);
    while (!edge.isEmpty()) {
      int at = edge.pop();
      area.add(at);
      int column = at % grid.columns();
      take(open, edge, column > 0 ? at - 1 : -1);
      take(open, edge, column < grid.columns() - 1 ? at + 1 : -1);
      take(open, edge, at - grid.columns());
      take(open, edge, at + grid.columns());
    }
    return area;
  }

  private static void take(BitSet open, ArrayDeque<Integer> edge, int at) {
    if (at >= 0 && open.get(at)) {
      open.clear(at);
      edge.push(at);
    }
  }

  private Lesion lesion(CellArea area) {
    double highest = 0;
    double sum = 0;
    for (int at : area.cells()) {
      double probability = map.at(at / grid.columns(), at % grid.columns());
      highest = Math.max(highest, probability);
      sum += probability;
    }
    Polygon outline = CellOutline.of(area, grid, info.width(), info.height());
    double areaPx = outline.getArea();
    Optional<Mpp> mpp = info.mpp();
    return new Lesion(
        outline,
        area.count(),
        highest,
        sum / area.count(),
        areaPx,
        mpp.map(m -> OptionalDouble.of(areaPx * m.x() * m.y())).orElse(OptionalDouble.empty()),
        mpp.map(m -> OptionalDouble.of(longestUm(outline, m))).orElse(OptionalDouble.empty()));
  }

  /** The greatest distance between two points of the outline; they are corners of its hull. */
  private static double longestUm(Polygon outline, Mpp mpp) {
    Coordinate[] corners = outline.convexHull().getCoordinates();
    double longest = 0;
    for (int i = 0; i < corners.length; i++) {
      for (int j = i + 1; j < corners.length; j++) {
        double dx = (corners[i].x - corners[j].x) * mpp.x();
        double dy = (corners[i].y - corners[j].y) * mpp.y();
        longest = Math.max(longest, Math.hypot(dx, dy));
      }
    }
    return longest;
  }
}
