// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.grid.Grid;
import io.github.micromet.lesion.Detection;
import io.github.micromet.lesion.Lesion;
import io.github.micromet.map.ProbabilityMap;
import io.github.micromet.slide.RgbImage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/** The thumbnail with the map, the outlines and the marks on it. Threads: stateless. */
final class Overlay {
  // Scored tissue is always tinted, so that a clear cell means: nobody looked here. But faintly:
  // where nothing is suspected, the tissue itself should be seen.
  private static final double LEAST_COVER = 0.18;
  private static final double MOST_COVER = 0.85;
  private static final double EARLY = 0.7;
  private static final double RING_RADIUS = 6;

  private Overlay() {}

  static BufferedImage draw(
      Thumbnail thumbnail, ProbabilityMap map, List<Lesion> lesions, List<Detection> detections) {
    BufferedImage picture = tinted(thumbnail, map);
    Graphics2D g = picture.createGraphics();
    try {
      Heatmap.smooth(g);
      for (Lesion lesion : lesions) {
        drawTwice(g, outline(lesion.outline(), thumbnail), 1.4f, new Color(0x10, 0x10, 0x10));
      }
      for (Detection detection : detections) {
        drawTwice(g, ring(detection, thumbnail), 1.8f, new Color(0x00, 0x60, 0xDF));
      }
    } finally {
      g.dispose();
    }
    return picture;
  }

  private static BufferedImage tinted(Thumbnail thumbnail, ProbabilityMap map) {
    RgbImage image = thumbnail.image();
    Grid grid = map.grid();
    BufferedImage picture =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      int row = grid.rowAt((y + 0.5) / thumbnail.scaleY());
      for (int x = 0; x < image.width(); x++) {
        int column = grid.columnAt((x + 0.5) / thumbnail.scaleX());
        boolean onGrid = row >= 0 && row < grid.rows() && column >= 0 && column < grid.columns();
        double probability = onGrid ? map.at(row, column) : 0;
        int colour = image.at(x, y);
        picture.setRGB(x, y, probability == 0 ? colour : blend(colour, probability));
      }
    }
    return picture;
  }

  /** The probability's colour over tissue that turns grey as the cover grows. */
  static int blend(int tissue, double probability) {
    double p = Math.min(1, Math.max(0, probability));
    double cover = LEAST_COVER + (MOST_COVER - LEAST_COVER) * Math.pow(p, EARLY);
    int colour = ColourMap.rgb(p);
    double grey =
        0.299 * (tissue >> 16 & 0xff) + 0.587 * (tissue >> 8 & 0xff) + 0.114 * (tissue & 0xff);
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double stain = tissue >> shift & 0xff;
      double below = stain + (grey - stain) * cover;
      mixed |= (int) Math.rint(below + ((colour >> shift & 0xff) - below) * cover) << shift;
    }
    return mixed;
  }

  /** A white halo first, so that the line is seen on dark and on light. */
  private static void drawTwice(Graphics2D g, Shape shape, float width, Color colour) {
    g.setColor(new Color(255, 255, 255, 210));
    g.setStroke(new BasicStroke(width + 2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(shape);
    g.setColor(colour);
    g.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(shape);
  }

  private static Shape ring(Detection detection, Thumbnail thumbnail) {
    double x = detection.x0() * thumbnail.scaleX();
    double y = detection.y0() * thumbnail.scaleY();
    return new Ellipse2D.Double(x - RING_RADIUS, y - RING_RADIUS, 2 * RING_RADIUS, 2 * RING_RADIUS);
  }

  private static Shape outline(Polygon polygon, Thumbnail thumbnail) {
    Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    append(path, polygon.getExteriorRing(), thumbnail);
    for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
      append(path, polygon.getInteriorRingN(i), thumbnail);
    }
    return path;
  }

  private static void append(Path2D path, LinearRing ring, Thumbnail thumbnail) {
    Coordinate[] corners = ring.getCoordinates();
    for (int i = 0; i < corners.length; i++) {
      double x = corners[i].x * thumbnail.scaleX();
      double y = corners[i].y * thumbnail.scaleY();
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
  }
}
