// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import java.util.List;
import java.util.Optional;

/**
 * A chart as values: axes, lines, dots and a band, in the axes' units.
 *
 * @param title said to those who cannot see it
 * @param note in the lower right corner; may be empty
 * @param x to the right
 * @param y upwards
 * @param band behind the lines
 * @param lines drawn in order
 * @param dots on top
 */
record Chart(
    String title,
    String note,
    Axis x,
    Axis y,
    Optional<Band> band,
    List<Line> lines,
    List<Dot> dots) {
  static final int WIDTH = 640;
  static final int HEIGHT = 400;
  private static final double LEFT = 62;
  private static final double RIGHT = 18;
  private static final double TOP = 14;
  private static final double BOTTOM = 54;

  Chart {
    lines = List.copyOf(lines);
    dots = List.copyOf(dots);
  }

  /** Points joined in order. */
  record Line(double[] x, double[] y, Pen.Ink ink, double width, boolean dashed) {}

  /** Between two lines over the same x. */
  record Band(double[] x, double[] low, double[] high) {}

  /** A point that stands out. */
  record Dot(double x, double y, double radius, Pen.Ink ink) {}

  /** From corner to corner. */
  static Line diagonal() {
    return new Line(new double[] {0, 1}, new double[] {0, 1}, Pen.Ink.FAINT, 1, true);
  }

  void draw(Pen pen) {
    band.ifPresent(
        shade -> {
          int n = shade.x().length;
          double[] outlineX = new double[2 * n];
          double[] outlineY = new double[2 * n];
          for (int i = 0; i < n; i++) {
            outlineX[i] = outlineX[2 * n - 1 - i] = right(shade.x()[i]);
            outlineY[i] = down(shade.low()[i]);
            outlineY[2 * n - 1 - i] = down(shade.high()[i]);
          }
          pen.area(outlineX, outlineY, Pen.Ink.BAND);
        });
    frame(pen);
    for (Line line : lines) {
      double[] toRight = new double[line.x().length];
      double[] toDown = new double[line.x().length];
      for (int i = 0; i < toRight.length; i++) {
        toRight[i] = right(line.x()[i]);
        toDown[i] = down(line.y()[i]);
      }
      pen.line(toRight, toDown, line.ink(), line.width(), line.dashed());
    }
    for (Dot dot : dots) {
      pen.dot(right(dot.x()), down(dot.y()), dot.radius(), dot.ink());
    }
    pen.text(WIDTH - RIGHT - 10, HEIGHT - BOTTOM - 12, note, Pen.Anchor.END, Pen.Ink.TEXT);
  }

  private void frame(Pen pen) {
    double bottom = HEIGHT - BOTTOM;
    x.ticks()
        .forEach(
            (value, text) -> {
              rule(pen, right(value), TOP, right(value), bottom, Pen.Ink.GRID);
              pen.text(right(value), bottom + 18, text, Pen.Anchor.MIDDLE, Pen.Ink.TEXT);
            });
    y.ticks()
        .forEach(
            (value, text) -> {
              rule(pen, LEFT, down(value), WIDTH - RIGHT, down(value), Pen.Ink.GRID);
              pen.text(LEFT - 8, down(value) + 4.5, text, Pen.Anchor.END, Pen.Ink.TEXT);
            });
    rule(pen, LEFT, bottom, WIDTH - RIGHT, bottom, Pen.Ink.FAINT);
    rule(pen, LEFT, TOP, LEFT, bottom, Pen.Ink.FAINT);
    double middle = (LEFT + WIDTH - RIGHT) / 2;
    pen.text(middle, HEIGHT - 12, x.label(), Pen.Anchor.MIDDLE, Pen.Ink.TEXT);
    pen.upwards(18, (TOP + bottom) / 2, y.label(), Pen.Ink.TEXT);
  }

  private static void rule(Pen pen, double x1, double y1, double x2, double y2, Pen.Ink ink) {
    pen.line(new double[] {x1, x2}, new double[] {y1, y2}, ink, 1, false);
  }

  private double right(double value) {
    return LEFT + x.at(value) * (WIDTH - LEFT - RIGHT);
  }

  private double down(double value) {
    return HEIGHT - BOTTOM - y.at(value) * (HEIGHT - TOP - BOTTOM);
  }

  /** As an element of a page. */
  String svg() {
    SvgPen pen = new SvgPen(title);
    draw(pen);
    return pen.element();
  }
}
