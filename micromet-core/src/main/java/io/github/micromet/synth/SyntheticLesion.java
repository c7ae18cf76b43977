// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/**
 * A painted lesion.
 *
 * @param outline in level-0 pixels, whole numbers
 * @param longestUm the largest distance of two points of the outline, in micrometres
 * @param areaUm2 in square micrometres
 */
public record SyntheticLesion(Polygon outline, double longestUm, double areaUm2) {
  static SyntheticLesion of(Polygon outline, double mpp) {
    return new SyntheticLesion(outline, longest(outline) * mpp, outline.getArea() * mpp * mpp);
  }

  public LesionKind kind() {
    return LesionKind.of(longestUm);
  }

  /** In level-0 pixels. */
  public Point centroid() {
    return outline.getCentroid();
  }

  private static double longest(Polygon outline) {
    Coordinate[] points = outline.getCoordinates();
    double longest = 0;
    for (int i = 0; i < points.length; i++) {
      for (int j = i + 1; j < points.length; j++) {
        longest = Math.max(longest, points[i].distance(points[j]));
      }
    }
    return longest;
  }
}
