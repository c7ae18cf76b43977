// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import io.github.micromet.grid.CellBlock;
import io.github.micromet.lesion.Detection;
import io.github.micromet.lesion.Lesion;
import io.github.micromet.lesion.LesionOutlines;
import io.github.micromet.map.ProbabilityMap;
import io.github.micromet.patch.ReadPlan;
import io.github.micromet.patch.Window;
import io.github.micromet.run.BadTile;
import io.github.micromet.run.Findings;
import io.github.micromet.run.Progress;
import io.github.micromet.run.Provenance;
import io.github.micromet.run.RunFolder;
import io.github.micromet.run.SlideOutcome;
import io.github.micromet.run.SlideRecord;
import io.github.micromet.run.SlideSource;
import io.github.micromet.run.TissueCount;
import io.github.micromet.run.WindowCount;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import io.github.micromet.tissue.TissueDetector;
import io.github.micromet.tissue.TissueMask;
import io.github.micromet.tissue.TissueRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The main path: one slide from pixels to a report. Each stage hands its value to the next, and no
 * room hands anything back:
 *
 * <pre>
 * slide -> tissue mask -> read plan -> batches -> logits -> probability map -> detections, lesions -> files
 * </pre>
 *
 * <p>Threads: one slide at a time; {@link BandScorer} spreads the windows over its workers.
 *
 * @param model scores the windows
 * @param options what is asked for
 * @param budget what fits in memory
 * @param scorer with buffers that all slides of a run share
 * @param folder takes the files
 * @param provenance goes into every file
 * @param progress is told
 * @param stop asked between batches; once true the slide ends as {@link SlideOutcome.Stopped}
 */
record SlideDetector(
    Model model,
    DetectOptions options,
    MemoryBudget budget,
    BandScorer scorer,
    RunFolder folder,
    Provenance provenance,
    Progress progress,
    BooleanSupplier stop) {

  /** Rows of a band: enough windows that a band's last, smaller batch does not matter. */
  static final int BAND_ROWS = 16;

  static final String SCORING = "score";

  /**
   * Works on one slide.
   *
   * @return its record once every file is written, or that it was stopped
   * @throws io.github.micromet.error.MicrometException if it cannot be done
   */
  SlideOutcome detect(SlideJob job) {
    Stopwatch watch = new Stopwatch();
    folder.clear(job.file().getFileName().toString());
    try (Slide slide = Slides.open(job.file(), reading(job))) {
      TissueMask tissue = TissueDetector.detect(slide, rule(job));
      int unseen = slide.faults().size();
      watch.lap("tissue");

      ReadPlan plan = options.mode().plan(slide.info(), tissue, model.source().contract().window());
      ProbabilityMap map = new ProbabilityMap(plan.grid());
      if (!score(slide, plan, map)) {
        return new SlideOutcome.Stopped(slide.name());
      }
      watch.lap(SCORING);

      List<Detection> detections =
          options
              .mode()
              .detections(map, options.threshold(), options.nmsBox(), options.maskLevel());
      List<Lesion> lesions = LesionOutlines.of(map, options.threshold(), slide.info());
      watch.lap("lesions");

      SlideSource source = SlideFacts.source(slide, job, options);
      Provenance by = SlideFacts.provenance(slide, provenance);
      SlideReport report = new SlideReport(folder.files(slide.name()), source, by);
      SlideReport.Written written = report.write(slide, map, detections, lesions);
      watch.lap("report");

      long windows = plan.windows().size();
      SlideRecord record =
          new SlideRecord(
              source,
              by,
              TissueCount.of(tissue.grid(), tissue.count(), slide.info().mpp()),
              new WindowCount(windows, windows),
              badTiles(slide, plan),
              Findings.of(detections, lesions, map, slide.info().mpp().isPresent()),
              notes(slide, tissue, unseen, plan, written),
              written.files(),
              watch.timing(windows, SCORING));
      report.finish(record);
      return record;
    }
  }

  private SlideOptions reading(SlideJob job) {
    return SlideOptions.DEFAULT.withCacheBytes(budget.cacheBytes()).withMpp(job.mpp());
  }

  private TissueRule rule(SlideJob job) {
    if (job.mask().isPresent()) {
      return new TissueRule.MaskFile(options.maskLevel(), job.mask().get());
    }
    return options.tissue().rule(options.maskLevel());
  }

  private boolean score(Slide slide, ReadPlan plan, ProbabilityMap map) {
    progress.begin(slide.name(), plan.windows().size());
    try {
      return scorer.score(
          slide, plan, plan.grid().bands(BAND_ROWS), rows -> rows.into(map), progress, stop);
    } finally {
      progress.end();
    }
  }

  private static List<BadTile> badTiles(Slide slide, ReadPlan plan) {
    return slide.faults().stream()
        .map(fault -> new BadTile(fault, cells(plan.touching(fault, slide.info()))))
        .toList();
  }

  private static List<CellBlock> cells(List<Window> windows) {
    return windows.stream().map(Window::fills).toList();
  }

  private List<String> notes(
      Slide slide, TissueMask tissue, int unseen, ReadPlan plan, SlideReport.Written written) {
    List<String> notes = new ArrayList<>(tissue.notes());
    if (unseen > 0) {
      notes.add(
          unseen
              + " stored tiles that tissue was looked for in could not be decoded: what lies"
              + " there was not scored (badTiles says where).");
    }
    notes.addAll(SlideFacts.warnings(slide, tissue, plan, model.source().contract()));
    notes.addAll(budget.notes());
    notes.addAll(written.warnings());
    return notes;
  }
}
