// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.slide.Level;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideInfo;
import java.util.Objects;

/**
 * The whole slide, small. Made from the pyramid only: the label and macro pictures beside it may
 * name a patient and never enter an output.
 *
 * @param image rows x columns x 3 uint8, all valid
 * @param width0 of the slide in level-0 pixels
 * @param height0 of the slide in level-0 pixels
 */
public record Thumbnail(RgbImage image, long width0, long height0) {
  // A block of 4 x 2 stored tiles of 512: 6 MB, whatever the size of the slide.
  private static final int BLOCK_WIDTH = 2048;
  private static final int BLOCK_HEIGHT = 1024;

  public Thumbnail {
    Objects.requireNonNull(image);
    if (width0 < image.width() || height0 < image.height()) {
      throw new IllegalArgumentException("a thumbnail is not larger than its slide");
    }
  }

  /**
   * Reads the coarsest level that is fine enough and averages its pixels by area. Pixels that the
   * slide does not have, and those that could not be decoded, count as white.
   *
   * <p>Tiles found corrupt on the way are added to the slide's faults.
   *
   * @param maxEdge of the longer side in pixels; a smaller slide keeps its size
   * @throws IllegalArgumentException if {@code maxEdge} is not positive
   */
  public static Thumbnail of(Slide slide, int maxEdge) {
    if (maxEdge <= 0) {
      throw new IllegalArgumentException("a thumbnail has an edge, not " + maxEdge);
    }
    SlideInfo info = slide.info();
    double scale = Math.min(1, (double) maxEdge / Math.max(info.width(), info.height()));
    int width = (int) Math.max(1, Math.round(info.width() * scale));
    int height = (int) Math.max(1, Math.round(info.height() * scale));
    Level level = levelFor(info, width, height);
    AreaAverage average = new AreaAverage(level.width(), level.height(), width, height);
    for (long y = 0; y < level.height(); y += BLOCK_HEIGHT) {
      for (long x = 0; x < level.width(); x += BLOCK_WIDTH) {
        int w = (int) Math.min(BLOCK_WIDTH, level.width() - x);
        int h = (int) Math.min(BLOCK_HEIGHT, level.height() - y);
        long x0 = Math.round(x * level.downsample());
        long y0 = Math.round(y * level.downsample());
        average.add(slide.read(new Region(x0, y0, level.index(), w, h)), x, y);
      }
    }
    return new Thumbnail(average.result(), info.width(), info.height());
  }

  /** Thumbnail pixels per level-0 pixel along x. */
  double scaleX() {
    return image.width() / (double) width0;
  }

  /** Thumbnail pixels per level-0 pixel along y. */
  double scaleY() {
    return image.height() / (double) height0;
  }

  private static Level levelFor(SlideInfo info, int width, int height) {
    Level chosen = info.level(0);
    for (Level level : info.levels()) {
      boolean fineEnough = level.width() >= width && level.height() >= height;
      if (fineEnough && level.width() <= chosen.width()) {
        chosen = level;
      }
    }
    return chosen;
  }
}
