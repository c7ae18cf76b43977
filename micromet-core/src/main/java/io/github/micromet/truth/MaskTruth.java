// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.TileFault;
import io.github.micromet.slide.formats.Slides;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Truth from a mask TIFF as large as the slide; its pixels' red is their value. */
final class MaskTruth implements SlideTruth {
  /** Coarser than this a lesion of isolated cells is a pixel or none. */
  private static final double COARSEST = 70;

  private final Slide mask;
  private final Set<Integer> tumour;
  private final Level coarse;

  private MaskTruth(Slide mask, Set<Integer> tumour) {
    this.mask = mask;
    this.tumour = tumour;
    Level best = mask.info().level(0);
    for (Level level : mask.info().levels()) {
      best = level.downsample() <= COARSEST ? level : best;
    }
    this.coarse = best;
  }

  static MaskTruth open(Path file, SlideInfo slide, Set<Integer> tumour) {
    Slide mask = Slides.open(file, SlideOptions.DEFAULT);
    SlideInfo info = mask.info();
    if (info.width() != slide.width() || info.height() != slide.height()) {
      mask.close();
      throw new MicrometException(
          ErrorKind.INPUT,
          file.toString(),
          "is "
              + info.width()
              + " x "
              + info.height()
              + " pixels, but its slide is "
              + slide.width()
              + " x "
              + slide.height(),
          "Give the mask of this slide at level 0.");
    }
    return new MaskTruth(mask, tumour);
  }

  @Override
  public boolean nearTumour(double x0, double y0) {
    long column = (long) Math.floor(x0 / coarse.downsample());
    long row = (long) Math.floor(y0 / coarse.downsample());
    return isTumour(
        (long) Math.floor(column * coarse.downsample()),
        (long) Math.floor(row * coarse.downsample()),
        coarse.index());
  }

  @Override
  public boolean tumourAt(long x0, long y0) {
    return isTumour(x0, y0, 0);
  }

  private boolean isTumour(long x0, long y0, int level) {
    int value = mask.read(new Region(x0, y0, level, 1, 1)).at(0, 0) >> 16;
    // A tile that cannot be decoded is white, and 255 is tumour.
    List<TileFault> faults = mask.faults();
    if (!faults.isEmpty()) {
      throw new MicrometException(
          ErrorKind.INPUT,
          mask.name(),
          "has a tile that cannot be decoded (" + faults.get(0).reason() + ")",
          "A mask has to be whole: copy it again.");
    }
    return tumour.contains(value);
  }

  @Override
  public List<Integer> labels(long centreX0, long centreY0) {
    List<Integer> labels = new ArrayList<>(RegionLabels.SIDE * RegionLabels.SIDE);
    for (long row = -1; row <= 1; row++) {
      for (long column = -1; column <= 1; column++) {
        long x0 = centreX0 + column * RegionLabels.CELL;
        labels.add(tumourAt(x0, centreY0 + row * RegionLabels.CELL) ? 1 : 0);
      }
    }
    return labels;
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public void close() {
    mask.close();
  }
}
