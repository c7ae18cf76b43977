// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * Fonts for pictures. A Java without fontconfig or without a single font fails deep inside its
 * drawing code; this asks before anything is drawn.
 */
final class Lettering {
  private Lettering() {}

  static Font plain(int size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, size);
  }

  static Font bold(int size) {
    return new Font(Font.SANS_SERIF, Font.BOLD, size);
  }

  /** Why no text can be drawn on this machine, one phrase; empty when it can. */
  static Optional<String> missing() {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      int width = graphics.getFontMetrics(plain(12)).stringWidth("0.5 mm");
      return width > 0 ? Optional.empty() : Optional.of("the font has no letters");
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // Seen: a bare java.lang.Error (no font file), UnsatisfiedLinkError (no libfreetype),
      // InternalError (no libfontconfig), RuntimeException (Java 25).
      return Optional.of(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    } finally {
      graphics.dispose();
    }
  }

  /** The text, or as much of it as fits with an ellipsis. */
  static String fitted(String text, FontMetrics metrics, int width) {
    if (metrics.stringWidth(text) <= width) {
      return text;
    }
    int length = text.length();
    while (length > 0 && metrics.stringWidth(text.substring(0, length) + "…") > width) {
      length--;
    }
    return text.substring(0, length) + "…";
  }
}
