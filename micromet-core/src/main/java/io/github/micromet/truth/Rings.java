// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/**
 * Points as a file has them -> a closed outline. Both ASAP and NCRF leave the last edge out: an
 * outline goes back to its first point by itself, however far away that is.
 */
final class Rings {
  private static final GeometryFactory GEOMETRY = new GeometryFactory();

  private Rings() {}

  /** The outline; empty if fewer than three points are left once the first is not counted twice. */
  static Optional<Polygon> polygon(List<Coordinate> points) {
    List<Coordinate> ring = new ArrayList<>(points);
    if (ring.size() > 1 && ring.get(0).equals2D(ring.get(ring.size() - 1))) {
      ring.remove(ring.size() - 1);
    }
    if (ring.size() < 3) {
      return Optional.empty();
    }
    ring.add(ring.get(0).copy());
    return Optional.of(GEOMETRY.createPolygon(ring.toArray(new Coordinate[0])));
  }
}
