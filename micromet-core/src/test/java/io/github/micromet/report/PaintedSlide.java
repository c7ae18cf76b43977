// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.slide.Fill;
import io.github.micromet.slide.Level;
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

/** A slide painted by a formula, which remembers what was read of it. */
final class PaintedSlide implements Slide {
  /** The colour of a level's pixel, 0xRRGGBB; negative is a pixel the slide does not have. */
  @FunctionalInterface
  interface Paint {
    int at(int level, long x, long y);
  }

  final List<Region> read = new ArrayList<>();
  final List<String> associatedAskedFor = new ArrayList<>();
  private final SlideInfo info;
  private final Paint paint;

  PaintedSlide(List<Level> levels, Paint paint) {
    this.info =
        new SlideInfo(
            "painted",
            "test",
            levels,
            Optional.empty(),
            OptionalDouble.empty(),
            new TreeMap<>(),
            new TreeSet<>(List.of("label", "macro", "thumbnail")));
    this.paint = paint;
  }

  static Level level(int index, long width, long height, double downsample) {
    return new Level(index, width, height, downsample, 256, 256);
  }

  @Override
  public String name() {
    return "painted.tif";
  }

  @Override
  public SlideInfo info() {
    return info;
  }

  @Override
  public void readRegion(Region at, RgbImage into) {
    read.add(at);
    double downsample = info.level(at.level()).downsample();
    long left = (long) Math.floor(at.x0() / downsample + 0.5);
    long top = (long) Math.floor(at.y0() / downsample + 0.5);
    into.markAllValid();
    for (int y = 0; y < at.height(); y++) {
      for (int x = 0; x < at.width(); x++) {
        int colour = paint.at(at.level(), left + x, top + y);
        if (colour < 0) {
          into.fill(x, y, 1, 1, Fill.BLACK, false);
        } else {
          into.set(x, y, colour);
        }
      }
    }
  }

  @Override
  public Optional<RgbImage> associated(String name) {
    associatedAskedFor.add(name);
    return Optional.empty();
  }

  @Override
  public List<TileFault> faults() {
    return List.of();
  }

  @Override
  public String identity() {
    return "00".repeat(32);
  }

  @Override
  public void close() {}
}
