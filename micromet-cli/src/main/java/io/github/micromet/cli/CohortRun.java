// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.detect.Cohort;
import io.github.micromet.detect.DetectOptions;
import io.github.micromet.detect.Model;
import io.github.micromet.detect.SlideList;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.run.Findings;
import io.github.micromet.run.SlideOutcome;
import io.github.micromet.run.SlideRecord;
import java.util.List;
import java.util.Locale;

/** A cohort as a person at a terminal sees it: progress, a line a slide, and an exit code. */
final class CohortRun {
  private final Console console;

  CohortRun(Console console) {
    this.console = console;
  }

  /** Works through the slides and gives the exit code. */
  int run(SlideList slides, Model model, DetectOptions options) {
    slides.notes().forEach(console.err()::println);
    console
        .err()
        .println(
            String.format(
                Locale.ROOT,
                "%d %s, %s on %s in %s, %d threads",
                slides.jobs().size(),
                slides.jobs().size() == 1 ? "slide" : "slides",
                model.engine().info().name(),
                model.engine().info().device(),
                model.engine().info().precision(),
                options.workers()));
    TerminalProgress progress =
        new TerminalProgress(console.err(), console.terminal(), System::nanoTime);
    try (Interrupt interrupt = new Interrupt(console.err(), "slides that are finished are kept")) {
      List<SlideOutcome> outcomes =
          Cohort.run(slides, model, options, progress, this::tell, interrupt::asked);
      console.err().println("results: " + options.out());
      return code(outcomes);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  private void tell(SlideOutcome outcome) {
    if (outcome instanceof SlideRecord done) {
      for (String note : done.notes()) {
        console.err().println(done.slideName() + ": " + note);
      }
      console.out().println(line(done));
    } else if (outcome instanceof SlideOutcome.Failed failed) {
      console.err().println("micromet: " + failed.reason());
      if (!failed.remedy().isEmpty()) {
        console.err().println("  " + failed.remedy());
      }
    } else {
      console.err().println(outcome.slideName() + ": stopped before it was done");
    }
  }

  private static String line(SlideRecord done) {
    Findings found = done.findings();
    return String.format(
        Locale.ROOT,
        "%s: %d %s, %d %s, highest probability %.4f",
        done.slideName(),
        found.lesions(),
        found.lesions() == 1 ? "lesion" : "lesions",
        found.detections(),
        found.detections() == 1 ? "detection" : "detections",
        found.maxProbability());
  }

  private static int code(List<SlideOutcome> outcomes) {
    int code = 0;
    for (SlideOutcome outcome : outcomes) {
      if (outcome instanceof SlideOutcome.Failed failed) {
        if (failed.kind() == ErrorKind.INTERNAL) {
          return ErrorKind.INTERNAL.exitCode();
        }
        code = ErrorKind.INPUT.exitCode();
      }
    }
    return code;
  }
}
