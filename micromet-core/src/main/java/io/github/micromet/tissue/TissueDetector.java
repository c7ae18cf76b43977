// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.grid.Grid;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideInfo;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Decides which cells of a slide are tissue.
 *
 * <p>Threads: stateless.
 */
public final class TissueDetector {
  private TissueDetector() {}

  /**
   * The tissue of a slide, with a note for each thing in which it is not the reference's mask.
   *
   * <p>The grid has one cell per pixel of the rule's level. Where the slide lacks that level, its
   * cells are exactly 2^level level-0 pixels, but the reference's rule refuses such a slide.
   *
   * @throws MicrometException of kind INPUT if the reference's rule is asked for and the slide
   *     lacks the level, or if a mask file cannot be read or has another shape than the slide
   */
  public static TissueMask detect(Slide slide, TissueRule rule) {
    if (rule instanceof TissueRule.Otsu otsu) {
      return otsu(slide, otsu);
    }
    List<String> notes = new ArrayList<>();
    Grid grid = grid(slide.info(), rule.level(), notes);
    if (rule instanceof TissueRule.MaskFile given) {
      BitSet cells = MaskSampler.sample(given.file(), grid, slide.info());
      return new TissueMask(grid, cells, notes);
    }
    BitSet cells = new BitSet(grid.cells());
    cells.set(0, grid.cells());
    return new TissueMask(grid, cells, notes);
  }

  /** The cells that a rule of that level has on that slide. */
  public static Grid grid(SlideInfo info, int level) {
    return grid(info, level, new ArrayList<>());
  }

  private static Grid grid(SlideInfo info, int level, List<String> notes) {
    if (level < info.levels().size()) {
      return Grid.ofLevel(info.level(level));
    }
    Grid grid = Grid.covering(info.width(), info.height(), cellPx(level));
    notes.add(
        String.format(
            Locale.ROOT,
            "Level %d is missing (the slide has %s), so its cells are %d x %d of exactly %d pixels.",
            level,
            levels(info),
            grid.rows(),
            grid.columns(),
            cellPx(level)));
    return grid;
  }

  private static TissueMask otsu(Slide slide, TissueRule.Otsu rule) {
    SlideInfo info = slide.info();
    boolean missing = rule.level() >= info.levels().size();
    if (missing && rule.asReference()) {
      throw new MicrometException(
          ErrorKind.INPUT,
          slide.name(),
          String.format(
              Locale.ROOT,
              "has %s, so there is no level %d for the reference's mask",
              levels(info),
              rule.level()),
          "Use `--tissue default`, which averages the nearest finer level, or another mask level.");
    }
    List<String> notes = new ArrayList<>();
    Grid grid = grid(info, rule.level(), notes);
    PixelSource source;
    if (missing) {
      Level finer = nearestFiner(info, grid.cellPx());
      source = PixelSource.of(AveragedCells.of(slide, finer, grid));
      notes.add(
          "Tissue was found on level "
              + finer.index()
              + ", averaged to these cells; the reference refuses such a slide.");
    } else {
      source = LevelBlocks.of(slide, info.level(rule.level()));
    }
    ForegroundMask mask = ForegroundMask.of(source, !rule.asReference());
    noteDifferences(mask, grid, notes);
    return new TissueMask(grid, mask.pixels(), notes);
  }

  private static void noteDifferences(ForegroundMask mask, Grid grid, List<String> notes) {
    if (mask.fillPixels() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%d of %d cells (%.1f %%) are fill (not in the slide, or black up to the border): they"
                  + " are no tissue and have no part in the thresholds; the reference counts them.",
              mask.fillPixels(),
              grid.cells(),
              100.0 * mask.fillPixels() / grid.cells()));
    }
    if (grid.rows() == 1 || grid.columns() == 1) {
      notes.add(
          String.format(
              Locale.ROOT,
              "The mask is %d x %d; the reference fails on a mask of one row or column.",
              grid.rows(),
              grid.columns()));
    }
  }

  /** The coarsest level that is not coarser than the cells. */
  private static Level nearestFiner(SlideInfo info, double cellPx) {
    Level best = info.level(0);
    for (Level level : info.levels()) {
      if (level.downsample() <= cellPx && level.downsample() > best.downsample()) {
        best = level;
      }
    }
    return best;
  }

  private static int cellPx(int level) {
    if (level < 0 || level > 30) {
      throw new IllegalArgumentException("a mask level is 0 to 30, not " + level);
    }
    return 1 << level;
  }

  private static String levels(SlideInfo info) {
    int count = info.levels().size();
    return count == 1 ? "1 level" : count + " levels";
  }
}
