// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;

/** Draws into a white picture, twice the page's size. Threads: confined. */
final class RasterPen implements Pen, AutoCloseable {
  private static final int SCALE = 2;
  private static final int LETTERS = 13;

  private final BufferedImage picture =
      new BufferedImage(Chart.WIDTH * SCALE, Chart.HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
  private final Graphics2D g = picture.createGraphics();

  RasterPen() {
    Heatmap.smooth(g);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    g.scale(SCALE, SCALE);
    g.setFont(Lettering.plain(LETTERS));
  }

  BufferedImage picture() {
    return picture;
  }

  @Override
  public void line(double[] x, double[] y, Ink ink, double width, boolean dashed) {
    g.setColor(ink.colour());
    g.setStroke(
        new BasicStroke(
            (float) width,
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            1,
            dashed ? new float[] {5, 4} : null,
            0));
    g.draw(path(x, y));
  }

  @Override
  public void area(double[] x, double[] y, Ink ink) {
    g.setColor(ink.colour());
    g.fill(path(x, y));
  }

  @Override
  public void dot(double x, double y, double radius, Ink ink) {
    g.setColor(ink.colour());
    g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  @Override
  public void text(double x, double y, String text, Anchor anchor, Ink ink) {
    g.setColor(ink.colour());
    FontMetrics metrics = g.getFontMetrics();
    double width = metrics.stringWidth(text);
    double left =
        switch (anchor) {
          case START -> x;
          case MIDDLE -> x - width / 2;
          case END -> x - width;
        };
    g.drawString(text, (float) left, (float) y);
  }

  @Override
  public void upwards(double x, double y, String text, Ink ink) {
    AffineTransform before = g.getTransform();
    g.translate(x, y);
    g.rotate(-Math.PI / 2);
    text(0, 0, text, Anchor.MIDDLE, ink);
    g.setTransform(before);
  }

  private static Path2D path(double[] x, double[] y) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < x.length; i++) {
      if (i == 0) {
        path.moveTo(x[i], y[i]);
      } else {
        path.lineTo(x[i], y[i]);
      }
    }
    return path;
  }

  @Override
  public void close() {
    g.dispose();
  }
}
