// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import java.awt.Color;

/**
 * Draws a chart on a page of {@link Chart#WIDTH} x {@link Chart#HEIGHT}, x right, y down. One
 * drawing, two pens: the page's picture and the PNG cannot differ.
 */
interface Pen {
  /** A line through points; x and y are of one length. */
  void line(double[] x, double[] y, Ink ink, double width, boolean dashed);

  /** A filled area. */
  void area(double[] x, double[] y, Ink ink);

  /** A filled circle. */
  void dot(double x, double y, double radius, Ink ink);

  /** A line of text on its base line. */
  void text(double x, double y, String text, Anchor anchor, Ink ink);

  /** A line of text that reads upwards, its middle at x, y. */
  void upwards(double x, double y, String text, Ink ink);

  /** Where a text's x is. */
  enum Anchor {
    START("start"),
    MIDDLE("middle"),
    END("end");

    private final String word;

    Anchor(String word) {
      this.word = word;
    }

    /** SVG's. */
    String word() {
      return word;
    }
  }

  /** By meaning: a page chooses the colours for light and dark, a picture has the light ones. */
  enum Ink {
    TEXT(new Color(0x22, 0x22, 0x22)),
    FAINT(new Color(0x66, 0x66, 0x66)),
    GRID(new Color(0xE2, 0xE2, 0xE2)),
    CURVE(new Color(0x0B, 0x57, 0xA4)),
    SECOND(new Color(0xC0, 0x55, 0x12)),
    BAND(new Color(0xD2, 0xE2, 0xF3));

    private final Color colour;

    Ink(Color colour) {
      this.colour = colour;
    }

    Color colour() {
      return colour;
    }
  }
}
