// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.detect.DetectOptions;
import io.github.micromet.detect.Mode;
import io.github.micromet.detect.Model;
import io.github.micromet.detect.SlideList;
import io.github.micromet.detect.TissueChoice;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.Precision;
import io.github.micromet.synth.LesionKind;
import io.github.micromet.synth.Synth;
import io.github.micromet.synth.SynthOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "See the main job at work: make a synthetic slide and search it.",
      "The network is untrained, so what it marks means nothing; the path is the real one."
    })
final class DemoCommand implements Callable<Integer> {
  private static final List<String> LABELS = List.of("Untrained network: the marks mean nothing.");

  private static final String NAME = "tumor_001";

  /** Small enough for a minute on two cores. */
  private static final SynthOptions SLIDE =
      SynthOptions.DEFAULT.withSize(3072, 3072).withLesions(List.of(LesionKind.MICRO));

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "demo-out",
      description = "Folder for the slide and the results (default: ${DEFAULT-VALUE}).")
  private Path out;

  private final Console console;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console
        .err()
        .println("A synthetic slide is searched by an untrained network with seeded weights.");
    console.err().println("What it marks means nothing. The path is the one that `detect` takes.");
    Path slide = slide();
    Path results = out.resolve("results");
    DetectOptions options =
        new DetectOptions(
            results,
            Optional.empty(),
            new Mode.Patch(),
            TissueChoice.DEFAULT,
            DetectOptions.DEFAULT_MASK_LEVEL,
            DetectOptions.DEFAULT_THRESHOLD,
            DetectOptions.DEFAULT_BATCH,
            DetectOptions.into(results).workers(),
            Optional.empty(),
            false,
            LABELS);
    SlideList slides = SlideList.of(List.of(slide), Optional.empty(), Optional.empty());
    try (Model model = Models.untrained(Precision.AUTO)) {
      int code = new CohortRun(console).run(slides, model, options);
      if (code == 0) {
        console.out().println("picture: " + results.resolve(NAME + ".heatmap.png"));
      }
      return code;
    }
  }

  /** The slide, painted unless an earlier demo has: the same seed gives the same bytes. */
  private Path slide() {
    Path cohort = out.resolve("slide");
    try {
      if (!Files.exists(cohort)) {
        // Painted aside, so that a demo that was stopped can be started again.
        Files.createDirectories(out);
        Path aside = Files.createTempDirectory(out, ".slide-");
        Synth.write(
            aside,
            SLIDE,
            new TerminalProgress(console.err(), console.terminal(), System::nanoTime));
        Files.move(aside, cohort);
      }
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          out.toString(),
          "cannot be written (" + e.getMessage() + ")",
          "Choose another folder with --out.",
          e);
    }
    return cohort.resolve("images").resolve(NAME + ".tif");
  }
}
