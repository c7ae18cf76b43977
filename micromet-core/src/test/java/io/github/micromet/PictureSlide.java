// SPDX-License-Identifier: Apache-2.0
package io.github.micromet;

import io.github.micromet.slide.Fill;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.TileFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A slide made of pictures in memory, one per level, finest first; black and invalid outside.
 *
 * <p>Threads: safe for many readers.
 */
public final class PictureSlide implements Slide {
  private final List<RgbImage> levels;
  private final SlideInfo info;
  private final AtomicLong largestRead = new AtomicLong();

  private PictureSlide(List<RgbImage> levels, List<Level> described, Optional<Mpp> mpp) {
    this.levels = List.copyOf(levels);
    this.info =
        new SlideInfo(
            "pictures",
            "micromet",
            described,
            mpp,
            OptionalDouble.empty(),
            new TreeMap<>(),
            new TreeSet<>());
  }

  /** Tiles of 16 pixels, 0.25 microns a pixel. */
  public static PictureSlide of(RgbImage... levels) {
    List<Level> described = new ArrayList<>();
    for (RgbImage level : levels) {
      double across = (double) levels[0].width() / level.width();
      double down = (double) levels[0].height() / level.height();
      int index = described.size();
      described.add(new Level(index, level.width(), level.height(), (across + down) / 2, 16, 16));
    }
    return new PictureSlide(List.of(levels), described, Optional.of(Mpp.of(0.25)));
  }

  /** A picture painted by its pixels' places. */
  public static RgbImage picture(int width, int height, Colour colour) {
    RgbImage image = new RgbImage(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.set(x, y, colour.at(x, y));
      }
    }
    return image;
  }

  /** 0xRRGGBB of a place. */
  @FunctionalInterface
  public interface Colour {
    int at(int x, int y);
  }

  /** Pixels of the largest region asked for so far. */
  public long largestRead() {
    return largestRead.get();
  }

  @Override
  public String name() {
    return "pictures.tif";
  }

  @Override
  public SlideInfo info() {
    return info;
  }

  @Override
  public void readRegion(Region at, RgbImage into) {
    largestRead.accumulateAndGet((long) at.width() * at.height(), Math::max);
    RgbImage level = levels.get(at.level());
    double downsample = info.level(at.level()).downsample();
    int left = (int) Math.floor(at.x0() / downsample + 0.5);
    int top = (int) Math.floor(at.y0() / downsample + 0.5);
    into.fill(Fill.BLACK, false);
    int fromX = Math.max(left, 0);
    int fromY = Math.max(top, 0);
    int w = Math.min(left + at.width(), level.width()) - fromX;
    int h = Math.min(top + at.height(), level.height()) - fromY;
    if (w > 0 && h > 0) {
      into.copy(level, fromX, fromY, fromX - left, fromY - top, w, h);
    }
  }

  @Override
  public Optional<RgbImage> associated(String name) {
    return Optional.empty();
  }

  @Override
  public List<TileFault> faults() {
    return List.of();
  }

  @Override
  public String identity() {
    return "0".repeat(64);
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
