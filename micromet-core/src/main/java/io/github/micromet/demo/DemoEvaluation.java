// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.demo;

import io.github.micromet.eval.Compat;
import io.github.micromet.eval.DetectionSource;
import io.github.micromet.eval.Froc;
import io.github.micromet.eval.FrocBand;
import io.github.micromet.eval.FrocCohort;
import io.github.micromet.eval.FrocResult;
import io.github.micromet.eval.FrocTables;
import io.github.micromet.eval.Protocol;
import io.github.micromet.eval.SlideBootstrap;
import io.github.micromet.eval.SlideScore;
import io.github.micromet.eval.stat.Interval;
import io.github.micromet.report.FrocContext;
import io.github.micromet.report.FrocReport;
import io.github.micromet.synth.Split;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Counts what both found on the test slides, tells it, and leaves the report. */
final class DemoEvaluation {
  private final DemoFolder folder;
  private final DemoPlan plan;
  private final long seed;
  private final DemoTold told;
  private final Protocol protocol = Demo.protocol();

  DemoEvaluation(DemoFolder folder, DemoPlan plan, long seed, DemoTold told) {
    this.folder = folder;
    this.plan = plan;
    this.seed = seed;
    this.told = told;
  }

  DemoResult evaluate() {
    FrocCohort counted = counted(folder.results());
    FrocResult network = froc(counted);
    FrocResult colour = froc(counted(folder.colourResults()));
    FrocTables.write(folder.path(), network);
    FrocBand band =
        SlideBootstrap.band(
            counted.counts(),
            protocol.rates(),
            SlideBootstrap.DRAWS,
            seed,
            SlideBootstrap.CONFIDENCE);
    Path report = FrocReport.write(folder.path(), network, context(colour, band)).get(0);
    for (SlideScore slide : network.slides()) {
      told.result().accept(line(slide));
    }
    told.result().accept("FROC of the network:  " + score(network));
    told.result().accept("FROC of colour alone: " + score(colour));
    told.result().accept("report: " + report);
    return new DemoResult(network, colour, report);
  }

  private FrocCohort counted(Path results) {
    return Demo.counted(folder.path(), results, DetectionSource.DETECTIONS);
  }

  private FrocResult froc(FrocCohort cohort) {
    Interval interval =
        SlideBootstrap.interval(
            cohort.counts(),
            protocol.rates(),
            SlideBootstrap.DRAWS,
            seed,
            SlideBootstrap.CONFIDENCE);
    return Froc.of(
        cohort.counts(), protocol, Compat.CORRECT, Optional.of(interval), cohort.warnings());
  }

  private FrocContext context(FrocResult colour, FrocBand band) {
    Path images = folder.split(Split.TEST).resolve("images");
    Map<String, Path> slides = new LinkedHashMap<>();
    for (SlideScore slide : colour.slides()) {
      slides.put(slide.slide(), images.resolve(slide.slide() + ".tif"));
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("slides", "drawn by Micromet: no patient's tissue");
    parameters.put("plan", plan.name());
    parameters.put("seed", Long.toString(seed));
    parameters.put("epochs", Integer.toString(plan.recipe().epochs()));
    parameters.put("regions", Integer.toString(plan.tumourRegions() + plan.normalRegions()));
    parameters.put("learning rate", Double.toString(plan.recipe().learningRate()));
    parameters.put("FROC of colour alone", score(colour));
    return new FrocContext("Micromet demo", slides, parameters, Map.of(), Optional.of(band));
  }

  private static String score(FrocResult result) {
    Interval interval = result.interval().orElseThrow();
    return String.format(
        Locale.ROOT,
        "%.3f (95 %% interval %.3f to %.3f)",
        result.score(),
        interval.low(),
        interval.high());
  }

  private static String line(SlideScore slide) {
    return String.format(
        Locale.ROOT,
        "%s: %s, %d false %s, highest probability %.3f",
        slide.slide(),
        !slide.tumour()
            ? "tumour-free"
            : slide.targets() == 0
                ? "isolated tumour cells only"
                : slide.found() + " of " + slide.targets() + " found",
        slide.falsePositives(),
        slide.falsePositives() == 1 ? "positive" : "positives",
        slide.maxProbability());
  }
}
