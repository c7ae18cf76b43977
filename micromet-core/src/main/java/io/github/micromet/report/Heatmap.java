// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.lesion.Detection;
import io.github.micromet.lesion.Lesion;
import io.github.micromet.map.ProbabilityMap;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code NAME.heatmap.png}: the probability map over the slide's thumbnail, with lesion outlines,
 * detections, a colour bar and a scale bar. Threads: stateless.
 */
public final class Heatmap {
  private static final int MARGIN = 24;
  private static final int TITLE = 20;
  private static final int SMALL = 13;
  private static final int BAR_WIDTH = 18;
  private static final int BAR_TEXT = 46;
  private static final int LINE = 19;
  // Narrower pictures have no room for their words.
  private static final int LEAST_WIDTH = 420;
  // The bar shows the colours as they look on tissue, not as they would on paper.
  private static final int MEAN_TISSUE = 0xD8B4D0;
  private static final Color INK = new Color(0x22, 0x22, 0x22);
  private static final Color FAINT = new Color(0x66, 0x66, 0x66);
  private static final Color WARNING = new Color(0xB0, 0x20, 0x10);

  private Heatmap() {}

  /** Why no picture can be drawn on this machine, one phrase; empty when it can. */
  public static Optional<String> unavailable() {
    return Lettering.missing();
  }

  /**
   * Draws the picture and writes it, whole or not at all. The same input gives the same bytes on
   * one machine; letters come from the machine's own sans-serif font.
   *
   * @param map its cells that hold exactly 0 were not scored and stay clear
   * @throws MicrometException of kind RESOURCE if this machine has no font, or the file cannot be
   *     written
   */
  public static void write(
      Path png,
      Thumbnail thumbnail,
      ProbabilityMap map,
      List<Lesion> lesions,
      List<Detection> detections,
      Caption caption) {
    Optional<String> unavailable = unavailable();
    if (unavailable.isPresent()) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          "pictures",
          "cannot be drawn, for this Java finds no font (" + unavailable.get() + ")",
          "Install fontconfig and a font (Debian: fontconfig fonts-dejavu-core); all other files"
              + " are written without.");
    }
    BufferedImage overlay = Overlay.draw(thumbnail, map, lesions, detections);
    Png.write(png, framed(overlay, thumbnail, lesions.size(), detections.size(), caption));
  }

  private static BufferedImage framed(
      BufferedImage overlay, Thumbnail thumbnail, int lesions, int detections, Caption caption) {
    int inner = Math.max(overlay.getWidth(), LEAST_WIDTH);
    int top = MARGIN + TITLE + LINE + 12;
    int foot = 12 + LINE * (3 + caption.labels().size());
    BufferedImage page =
        new BufferedImage(
            MARGIN + inner + MARGIN + BAR_WIDTH + BAR_TEXT,
            top + overlay.getHeight() + foot + 8,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = page.createGraphics();
    try {
      smooth(g);
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, page.getWidth(), page.getHeight());
      drawTitle(g, caption.title(), lesions, detections, inner);
      g.drawImage(overlay, MARGIN, top, null);
      g.setColor(new Color(0xCC, 0xCC, 0xCC));
      g.drawRect(MARGIN - 1, top - 1, overlay.getWidth() + 1, overlay.getHeight() + 1);
      drawColourBar(g, MARGIN + inner + MARGIN, top, Math.min(overlay.getHeight(), 320));
      drawFoot(g, top + overlay.getHeight() + 12, thumbnail, caption, page.getWidth());
    } finally {
      g.dispose();
    }
    return page;
  }

  static void smooth(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  private static void drawTitle(
      Graphics2D g, String title, int lesions, int detections, int width) {
    g.setFont(Lettering.bold(TITLE));
    g.setColor(INK);
    g.drawString(Lettering.fitted(title, g.getFontMetrics(), width), MARGIN, MARGIN + TITLE - 4);
    g.setFont(Lettering.plain(SMALL));
    g.setColor(FAINT);
    g.drawString(
        counted(detections, "detection", "blue ring")
            + ", "
            + counted(lesions, "lesion", "black outline"),
        MARGIN,
        MARGIN + TITLE + LINE - 4);
  }

  private static String counted(int number, String noun, String mark) {
    String mentioned = number == 1 ? noun : noun + "s";
    return number == 0 ? "no " + mentioned : number + " " + mentioned + " (" + mark + ")";
  }

  private static void drawColourBar(Graphics2D g, int x, int y, int height) {
    for (int i = 0; i < height; i++) {
      g.setColor(new Color(Overlay.blend(MEAN_TISSUE, 1 - i / (double) (height - 1))));
      g.fillRect(x, y + i, BAR_WIDTH, 1);
    }
    g.setFont(Lettering.plain(SMALL));
    g.setStroke(new BasicStroke(1));
    FontMetrics metrics = g.getFontMetrics();
    for (String tick : List.of("0", "0.25", "0.5", "0.75", "1")) {
      int at = y + (int) Math.round((1 - Double.parseDouble(tick)) * (height - 1));
      g.setColor(INK);
      g.drawLine(x + BAR_WIDTH, at, x + BAR_WIDTH + 4, at);
      g.drawString(tick, x + BAR_WIDTH + 8, at + metrics.getAscent() / 2 - 1);
    }
    g.setColor(FAINT);
    String what = "probability";
    g.drawString(what, x + BAR_WIDTH + BAR_TEXT - 4 - metrics.stringWidth(what), y - 10);
  }

  private static void drawFoot(
      Graphics2D g, int y, Thumbnail thumbnail, Caption caption, int pageWidth) {
    g.setFont(Lettering.plain(SMALL));
    FontMetrics metrics = g.getFontMetrics();
    int line = y + metrics.getAscent();
    g.setColor(INK);
    if (caption.mpp().isPresent()) {
      ScaleBar bar =
          ScaleBar.of(caption.mpp().get(), thumbnail.scaleX(), thumbnail.image().width());
      int length = (int) Math.round(bar.px());
      g.fillRect(MARGIN, line - 6, length, 4);
      g.drawString(bar.text(), MARGIN + length + 8, line);
    } else {
      g.drawString("scale unknown", MARGIN, line);
    }
    g.setColor(WARNING);
    for (String label : caption.labels()) {
      line += LINE;
      g.drawString(Lettering.fitted(label, metrics, pageWidth - 2 * MARGIN), MARGIN, line);
    }
    g.setColor(FAINT);
    line += LINE;
    g.drawString("Research use only, not for diagnosis.", MARGIN, line);
    line += LINE;
    g.drawString(Lettering.fitted(caption.by(), metrics, pageWidth - 2 * MARGIN), MARGIN, line);
  }
}
