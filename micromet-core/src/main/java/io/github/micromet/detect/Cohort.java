// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.run.Machine;
import io.github.micromet.run.Parameters;
import io.github.micromet.run.Progress;
import io.github.micromet.run.Provenance;
import io.github.micromet.run.RunFolder;
import io.github.micromet.run.SlideOutcome;
import io.github.micromet.run.SlideRecord;
import io.github.micromet.run.Software;
import io.github.micromet.run.Timing;
import io.github.micromet.slide.codec.OpenCvLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many slides with one model into one run folder. A slide that fails is reported with its reason
 * and the rest go on; what is finished is kept whatever happens after.
 */
public final class Cohort {
  private static final Logger LOG = LoggerFactory.getLogger(Cohort.class);

  private Cohort() {}

  /**
   * Works through the slides in order.
   *
   * @param told of each slide as soon as it has ended
   * @param stop asked between batches; once true the slide in work and the rest are stopped
   * @return one outcome a slide, in order
   * @throws MicrometException before any work if the folder is refused or the memory is too small;
   *     during it, of kind RESOURCE, if something is full: what is finished is kept
   */
  public static List<SlideOutcome> run(
      SlideList slides,
      Model model,
      DetectOptions options,
      Progress progress,
      Consumer<SlideOutcome> told,
      BooleanSupplier stop) {
    MemoryBudget budget = MemoryBudget.of(options, model);
    Provenance provenance = provenance(model, options, budget);
    try (RunFolder folder = RunFolder.open(options.out(), options.overwrite());
        BandScorer scorer =
            new BandScorer(
                model.engine(),
                model.source().contract().window(),
                budget.batch(),
                options.workers())) {
      return run(
          slides,
          new SlideDetector(model, options, budget, scorer, folder, provenance, progress, stop),
          told);
    }
  }

  private static List<SlideOutcome> run(
      SlideList slides, SlideDetector detector, Consumer<SlideOutcome> told) {
    RunFolder folder = detector.folder();
    Provenance provenance = detector.provenance();
    Stopwatch watch = new Stopwatch();
    List<SlideOutcome> outcomes = new ArrayList<>();
    for (SlideJob job : slides.jobs()) {
      SlideOutcome outcome;
      try {
        outcome = outcome(detector, job);
      } catch (MicrometException full) {
        outcomes.add(SlideOutcome.Failed.of(fileName(job), full));
        stopRest(slides, outcomes);
        folder.write(provenance, outcomes, timing(watch, outcomes));
        throw full;
      }
      outcomes.add(outcome);
      if (outcome instanceof SlideRecord done) {
        watch.add(done.timing());
      }
      folder.writeSoFar(provenance, outcomes, timing(watch, outcomes));
      told.accept(outcome);
    }
    folder.write(provenance, outcomes, timing(watch, outcomes));
    return outcomes;
  }

  /** Only what ends the whole run is thrown. */
  private static SlideOutcome outcome(SlideDetector detector, SlideJob job) {
    if (detector.stop().getAsBoolean()) {
      return new SlideOutcome.Stopped(fileName(job));
    }
    try {
      return detector.detect(job);
    } catch (MicrometException e) {
      if (e.kind() == ErrorKind.RESOURCE) {
        throw e;
      }
      LOG.debug("{} failed", job.file(), e);
      return SlideOutcome.Failed.of(fileName(job), e);
    } catch (OutOfMemoryError full) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          job.file().toString(),
          "does not fit in the heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB",
          "Set MICROMET_HEAP=2g or more, or choose a coarser --mask-level or --stride.",
          full);
    } catch (RuntimeException bug) {
      LOG.debug("{} met a bug", job.file(), bug);
      return new SlideOutcome.Failed(
          fileName(job),
          ErrorKind.INTERNAL,
          job.file() + ": a bug in Micromet: " + bug,
          "Please report it with the trace that --verbose prints.");
    }
  }

  private static void stopRest(SlideList slides, List<SlideOutcome> outcomes) {
    for (SlideJob job : slides.jobs().subList(outcomes.size(), slides.jobs().size())) {
      outcomes.add(new SlideOutcome.Stopped(fileName(job)));
    }
  }

  private static String fileName(SlideJob job) {
    return job.file().getFileName().toString();
  }

  private static Timing timing(Stopwatch watch, List<SlideOutcome> outcomes) {
    long windows = 0;
    for (SlideOutcome outcome : outcomes) {
      windows += outcome instanceof SlideRecord done ? done.windows().scored() : 0;
    }
    return watch.timing(windows, SlideDetector.SCORING);
  }

  private static Provenance provenance(Model model, DetectOptions options, MemoryBudget budget) {
    SortedMap<String, String> natives = new TreeMap<>();
    String[] engine = model.engine().info().name().split(" ", 2);
    natives.put(engine[0], engine.length > 1 ? engine[1] : "");
    OpenCvLibrary.status().version().ifPresent(version -> natives.put("opencv", version));
    Parameters decisive =
        options
            .mode()
            .addTo(Parameters.NONE)
            .with("tissue", options.tissue().name().toLowerCase(Locale.ROOT))
            .with("mask-level", options.maskLevel())
            .with("threshold", options.threshold())
            .with("nms-box", options.nmsBox())
            .with("batch", budget.batch());
    if (model.temperature().isPresent()) {
      decisive = decisive.with("calibrated", model.temperature().getAsDouble());
    }
    Parameters indifferent =
        Parameters.NONE
            .with("threads", options.workers())
            .with("memory", options.memoryBytes().map(Object.class::cast).orElse("unbounded"))
            .with("cache-bytes", budget.cacheBytes());
    return new Provenance(
        Software.current(natives),
        Machine.current(),
        model.engine().info(),
        model.source(),
        decisive,
        indifferent,
        options.labels());
  }
}
