// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.slide.Level;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideInfo;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A place on a slide as a small picture, the place in its middle. Threads: stateless. */
final class Spot {
  /** What a picture shows, edge to edge. */
  static final double EDGE_UM = 500;

  /** The picture's own edge. */
  static final int PIXELS = 288;

  /** Taken where a slide does not tell its spacing. */
  static final double ASSUMED_MPP = 0.25;

  private static final float QUALITY = 0.85f;

  private Spot() {}

  /**
   * Reads the coarsest level that is fine enough, shrinks it, and marks the middle with four ticks
   * that leave the place itself free.
   *
   * @return a data URI of a JPEG
   */
  static String dataUri(Slide slide, double x0, double y0) {
    SlideInfo info = slide.info();
    Mpp mpp = info.mpp().orElse(Mpp.of(ASSUMED_MPP));
    double width0 = EDGE_UM / mpp.x();
    double height0 = EDGE_UM / mpp.y();
    Level level = level(info, Math.min(width0, height0));
    int width = (int) Math.max(1, Math.round(width0 / level.downsample()));
    int height = (int) Math.max(1, Math.round(height0 / level.downsample()));
    long left = Math.round(x0 - width0 / 2);
    long top = Math.round(y0 - height0 / 2);
    RgbImage read = slide.read(new Region(left, top, level.index(), width, height));
    int across = Math.min(PIXELS, width);
    int down = Math.min(PIXELS, height);
    AreaAverage average = new AreaAverage(width, height, across, down);
    average.add(read, 0, 0);
    BufferedImage picture = picture(average.result());
    mark(picture);
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg(picture));
  }

  private static Level level(SlideInfo info, double edge0) {
    Level chosen = info.level(0);
    for (Level level : info.levels()) {
      boolean fineEnough = edge0 / level.downsample() >= PIXELS;
      if (fineEnough && level.downsample() > chosen.downsample()) {
        chosen = level;
      }
    }
    return chosen;
  }

  private static BufferedImage picture(RgbImage image) {
    BufferedImage picture =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        picture.setRGB(x, y, image.at(x, y));
      }
    }
    return picture;
  }

  private static void mark(BufferedImage picture) {
    double x = picture.getWidth() / 2.0;
    double y = picture.getHeight() / 2.0;
    double near = Math.min(x, y) * 0.14;
    double far = Math.min(x, y) * 0.28;
    Path2D ticks = new Path2D.Double();
    for (int[] way : new int[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
      ticks.moveTo(x + way[0] * near, y + way[1] * near);
      ticks.lineTo(x + way[0] * far, y + way[1] * far);
    }
    Graphics2D g = picture.createGraphics();
    try {
      Heatmap.smooth(g);
      g.setColor(Color.WHITE);
      g.setStroke(new BasicStroke(4.5f));
      g.draw(ticks);
      g.setColor(Color.BLACK);
      g.setStroke(new BasicStroke(2f));
      g.draw(ticks);
    } finally {
      g.dispose();
    }
  }

  private static byte[] jpeg(BufferedImage picture) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream sink = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(QUALITY);
      writer.setOutput(sink);
      writer.write(null, new IIOImage(picture, null, null), how);
    } catch (IOException e) {
      // Into memory: there is nothing a person could do.
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
