// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.synth.LesionKind;
import io.github.micromet.synth.Synth;
import io.github.micromet.synth.SynthCohort;
import io.github.micromet.synth.SynthOptions;
import io.github.micromet.synth.SyntheticSlide;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "synth",
    description = {
      "Write synthetic slides with known tumours.",
      "They are drawings for tests and demonstrations: no patient's tissue, and no measure of how"
          + " well a model does on real slides."
    })
final class SynthCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description =
          "A new or empty folder: images/, masks/, annotations/, manifest.csv, lesions.csv.")
  private Path out;

  @Option(
      names = "--tumour",
      paramLabel = "N",
      defaultValue = "1",
      description = "Slides with tumour (default: ${DEFAULT-VALUE}).")
  private int tumour;

  @Option(
      names = "--normal",
      paramLabel = "N",
      defaultValue = "0",
      description = "Slides without (default: ${DEFAULT-VALUE}).")
  private int normal;

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      defaultValue = "20480",
      description = "Width of level 0 (default: ${DEFAULT-VALUE}).")
  private int width;

  @Option(
      names = "--height",
      paramLabel = "PIXELS",
      defaultValue = "20480",
      description = "Height of level 0 (default: ${DEFAULT-VALUE}).")
  private int height;

  @Option(
      names = "--mpp",
      paramLabel = "MICRONS",
      defaultValue = "0.25",
      description = "Microns per pixel of level 0 (default: ${DEFAULT-VALUE}).")
  private double mpp;

  @Option(
      names = "--lesions",
      paramLabel = "KIND",
      split = ",",
      defaultValue = "macro,micro,itc",
      converter = Words.OfLesion.class,
      description =
          "Lesions of each tumour slide, of macro, micro, itc; comma between"
              + " (default: ${DEFAULT-VALUE}).")
  private List<LesionKind> lesions;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed and options give the same bytes (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--variety",
      paramLabel = "V",
      defaultValue = "0",
      description =
          "0: all slides look alike and each tissue has its own colours. Towards 1: each slide is"
              + " stained by itself, stain and the tint of nuclei drift within it, and tumour shares"
              + " its colours with the rest (default: ${DEFAULT-VALUE}).")
  private double variety;

  private final Console console;

  SynthCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    TerminalProgress progress =
        new TerminalProgress(console.err(), console.terminal(), System::nanoTime);
    SynthCohort cohort = Synth.write(out, options(), progress);
    for (SyntheticSlide slide : cohort.slides()) {
      console.out().println(slide.image());
    }
    console.out().println(cohort.manifest());
    return 0;
  }

  private SynthOptions options() {
    try {
      return SynthOptions.DEFAULT
          .withSlides(tumour, normal)
          .withSize(width, height)
          .withMpp(mpp)
          .withLesions(lesions)
          .withSeed(seed)
          .withVariety(variety);
    } catch (IllegalArgumentException e) {
      throw new MicrometException(
          ErrorKind.USAGE,
          "synth",
          e.getMessage(),
          "`micromet synth --help` lists the options.",
          e);
    }
  }
}
