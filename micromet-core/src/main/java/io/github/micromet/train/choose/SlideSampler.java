// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.choose;

import io.github.micromet.grid.Grid;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import io.github.micromet.tissue.TissueDetector;
import io.github.micromet.tissue.TissueMask;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.truth.RegionLabels;
import io.github.micromet.truth.SlideTruth;
import io.github.micromet.truth.TruthPolygons;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chooses the regions of one slide. Its tissue cells, in random order, give one region each, around
 * a random pixel of the cell: that pixel is the region's centre, or the centre of an outer one of
 * its nine label cells where the region would leave the slide. A tumour region's pixel is tumour,
 * by outlines with what is cut out left out; a normal region has tumour neither there nor at the
 * centres of its nine cells. Others are neither.
 *
 * <p>Threads: one.
 */
final class SlideSampler {
  /** A region's edge. */
  static final int REGION = RegionLabels.SIDE * RegionLabels.CELL;

  private static final int HALF = REGION / 2;

  private final SourceSlide source;
  private final SamplingOptions options;
  private final SlideInfo info;
  private final SlideTruth truth;

  private SlideSampler(
      SourceSlide source, SamplingOptions options, SlideInfo info, SlideTruth truth) {
    this.source = source;
    this.options = options;
    this.info = info;
    this.truth = truth;
  }

  static SlideSample sample(SourceSlide source, SamplingOptions options) {
    SlideOptions opening = SlideOptions.DEFAULT.withMpp(options.mpp());
    try (Slide slide = Slides.open(source.file(), opening);
        SlideTruth truth = truth(source, slide.info(), options)) {
      TissueMask tissue = TissueDetector.detect(slide, options.tissue());
      return new SlideSampler(source, options, slide.info(), truth)
          .sample(tissue, slide.identity());
    }
  }

  private static SlideTruth truth(SourceSlide source, SlideInfo slide, SamplingOptions options) {
    return source.truth().isPresent()
        ? SlideTruth.open(source.truth().get(), slide, options.truth())
        : SlideTruth.of(TruthPolygons.NONE);
  }

  private SlideSample sample(TissueMask tissue, String identity) {
    Grid grid = tissue.grid();
    List<Integer> tumourCells = new ArrayList<>();
    List<Integer> normalCells = new ArrayList<>();
    for (int cell = tissue.next(0); cell >= 0; cell = tissue.next(cell + 1)) {
      int row = cell / grid.columns();
      int column = cell % grid.columns();
      (truth.nearTumour(grid.centreX0(column), grid.centreY0(row)) ? tumourCells : normalCells)
          .add(cell);
    }
    return new SlideSample(
        source,
        identity,
        info.mpp(),
        choose(grid, tumourCells, options.tumour(), true),
        choose(grid, normalCells, options.normal(), false),
        Stream.concat(truth.notes().stream(), tissue.notes().stream()).toList());
  }

  private List<LabelledRegion> choose(Grid grid, List<Integer> cells, int wanted, boolean tumour) {
    Shuffle shuffle =
        new Shuffle(options.seed(), (tumour ? "tumour of " : "normal of ") + source.name());
    shuffle.shuffle(cells);
    List<LabelledRegion> chosen = new ArrayList<>();
    for (int i = 0; i < cells.size() && chosen.size() < wanted; i++) {
      int cell = cells.get(i);
      long x0 = within(grid.edgeX0(cell % grid.columns()), grid.cellPx(), shuffle.fraction());
      long y0 = within(grid.edgeY0(cell / grid.columns()), grid.cellPx(), shuffle.fraction());
      region(x0, y0, tumour).ifPresent(chosen::add);
    }
    return chosen;
  }

  private static long within(double edge, double size, double fraction) {
    return (long) Math.floor(edge + fraction * size);
  }

  private Optional<LabelledRegion> region(long x0, long y0, boolean tumour) {
    long centreX0 = shifted(x0, info.width());
    long centreY0 = shifted(y0, info.height());
    boolean fits = fits(centreX0, info.width()) && fits(centreY0, info.height());
    if (!fits || truth.tumourAt(x0, y0) != tumour) {
      return Optional.empty();
    }
    List<Integer> labels = truth.labels(centreX0, centreY0);
    if (labels.contains(1) != tumour) {
      return Optional.empty();
    }
    return Optional.of(
        new LabelledRegion(new LabelledRegion.OnSlide(source.file(), centreX0, centreY0), labels));
  }

  /** Near the slide's edge the pixel becomes the centre of an outer cell, not of the region. */
  private static long shifted(long at, long size) {
    if (at < HALF) {
      return at + RegionLabels.CELL;
    }
    return at + HALF > size ? at - RegionLabels.CELL : at;
  }

  private static boolean fits(long centre, long size) {
    return centre >= HALF && centre + HALF <= size;
  }
}
