// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import java.util.Locale;

/** Writes SVG that stands inside a page, whose style colours it by class. Threads: confined. */
final class SvgPen implements Pen {
  private final StringBuilder svg = new StringBuilder();

  SvgPen(String title) {
    svg.append("<svg class=\"chart\" role=\"img\" viewBox=\"0 0 ")
        .append(Chart.WIDTH)
        .append(' ')
        .append(Chart.HEIGHT)
        .append("\" aria-label=\"")
        .append(Html.escape(title))
        .append("\">\n");
  }

  /** The whole element. */
  String element() {
    return svg + "</svg>\n";
  }

  @Override
  public void line(double[] x, double[] y, Ink ink, double width, boolean dashed) {
    svg.append("<polyline class=\"line ")
        .append(name(ink))
        .append("\" fill=\"none\" stroke=\"")
        .append(colour(ink))
        .append("\" stroke-width=\"")
        .append(number(width))
        .append(dashed ? "\" stroke-dasharray=\"5 4" : "")
        .append("\" points=\"");
    points(x, y);
    svg.append("\"/>\n");
  }

  @Override
  public void area(double[] x, double[] y, Ink ink) {
    svg.append("<polygon class=\"area ")
        .append(name(ink))
        .append(filled(ink))
        .append("\" points=\"");
    points(x, y);
    svg.append("\"/>\n");
  }

  @Override
  public void dot(double x, double y, double radius, Ink ink) {
    svg.append("<circle class=\"area ")
        .append(name(ink))
        .append(filled(ink))
        .append("\" cx=\"")
        .append(number(x))
        .append("\" cy=\"")
        .append(number(y))
        .append("\" r=\"")
        .append(number(radius))
        .append("\"/>\n");
  }

  @Override
  public void text(double x, double y, String text, Anchor anchor, Ink ink) {
    svg.append("<text class=\"")
        .append(name(ink))
        .append(filled(ink))
        .append("\" text-anchor=\"")
        .append(anchor.word())
        .append("\" x=\"")
        .append(number(x))
        .append("\" y=\"")
        .append(number(y))
        .append("\">")
        .append(Html.escape(text))
        .append("</text>\n");
  }

  @Override
  public void upwards(double x, double y, String text, Ink ink) {
    String at = number(x) + " " + number(y);
    svg.append("<text class=\"")
        .append(name(ink))
        .append(filled(ink))
        .append("\" text-anchor=\"middle\" transform=\"translate(")
        .append(at)
        .append(") rotate(-90)\">")
        .append(Html.escape(text))
        .append("</text>\n");
  }

  private void points(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      svg.append(i == 0 ? "" : " ").append(number(x[i])).append(',').append(number(y[i]));
    }
  }

  /** The light colour, for readers that leave the page's style out. */
  private static String filled(Ink ink) {
    return "\" fill=\"" + colour(ink);
  }

  private static String colour(Ink ink) {
    return String.format(Locale.ROOT, "#%06x", ink.colour().getRGB() & 0xffffff);
  }

  private static String name(Ink ink) {
    return ink.name().toLowerCase(Locale.ROOT);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
