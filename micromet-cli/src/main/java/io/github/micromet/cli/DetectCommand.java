// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.detect.DetectOptions;
import io.github.micromet.detect.Mode;
import io.github.micromet.detect.Model;
import io.github.micromet.detect.SlideList;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.Precision;
import io.github.micromet.patch.Stride;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "detect",
    description = {
      "Find metastases in slides.",
      "For each slide: probability map, detections, outlines for QuPath, a picture, a record."
    })
final class DetectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SLIDE", arity = "0..*", description = "Slides, or folders of slides.")
  private List<Path> slides = List.of();

  @Option(
      names = "--list",
      paramLabel = "FILE",
      description = "A text file with a slide a line, relative to itself.")
  private Optional<Path> list;

  @Option(
      names = "--manifest",
      paramLabel = "CSV",
      description = "A CSV with the header slide,mpp,mask; mpp and mask may be empty.")
  private Optional<Path> manifest;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = {
        "Weights: a PyTorch checkpoint, safetensors, or a TorchScript archive, of which only the"
            + " tensors are read (default: the published model, once downloaded)."
      })
  private Optional<Path> model;

  @Option(
      names = "--untrained",
      description =
          "Score with seeded weights that were never trained, to try a machine or to measure it;"
              + " what is found means nothing.")
  private boolean untrained;

  @Option(
      names = "--calibrated",
      description =
          "Divide the logits by the model's temperature, which `micromet calibrate` left beside it.")
  private boolean calibrated;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the results; new, empty, or of an earlier run.")
  private Path out;

  @Option(
      names = "--overwrite",
      paramLabel = "DIR",
      description = "Names the folder of --out again when it holds other files.")
  private Optional<Path> overwrite;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "patch",
      converter = Words.OfMode.class,
      description =
          "patch: a window on every tissue cell, as the reference; sliding: windows at steps"
              + " (default: ${DEFAULT-VALUE}).")
  private Words.ModeWord mode;

  @Option(
      names = "--stride",
      paramLabel = "PIXELS",
      description = "With --mode sliding: the step in level-0 pixels.")
  private Optional<Integer> stride;

  @Option(
      names = "--overlap",
      paramLabel = "FRACTION",
      description = "With --mode sliding: the part of a window that neighbours share, 0 to 0.99.")
  private Optional<Double> overlap;

  @Mixin private TissueOptions tissue = new TissueOptions();

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description = "A tissue mask for the one slide given, in place of the rule.")
  private Optional<Path> mask;

  @Option(
      names = "--precision",
      paramLabel = "WORD",
      defaultValue = "auto",
      converter = Words.OfPrecision.class,
      description =
          "fp32: as the reference; bf16: faster; auto: bf16 where the CPU computes it itself"
              + " (default: ${DEFAULT-VALUE}).")
  private Precision precision;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "" + DetectOptions.DEFAULT_BATCH,
      description = "Windows computed together (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute, one core each (default: all cores).")
  private Optional<Integer> threads;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = MemorySize.Converter.class,
      description = "Bound of the whole process, e.g. 1600m or 2g (default: none).")
  private Optional<MemorySize> memory;

  @Option(
      names = "--threshold",
      paramLabel = "P",
      defaultValue = "" + DetectOptions.DEFAULT_THRESHOLD,
      description =
          "Detections and outlines have a probability above it (default: ${DEFAULT-VALUE}).")
  private double threshold;

  @Option(
      names = "--nms-box",
      paramLabel = "CELLS",
      defaultValue = "" + DetectOptions.NMS_BOX,
      description =
          "Edge of the square around a detection that holds no other (default: ${DEFAULT-VALUE}).")
  private int nmsBox;

  @Option(names = "--sha256", description = "Hash each slide's whole file into its record.")
  private boolean wholeFileHash;

  private final Console console;

  DetectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    DetectOptions options = options();
    SlideList found = jobs(SlideList.of(slides, list, manifest));
    try (Model loaded = load()) {
      return new CohortRun(console).run(found, loaded, options);
    }
  }

  private Model load() {
    if (untrained && model.isPresent()) {
      throw wrong("--untrained and --model", "exclude each other");
    }
    if (untrained) {
      if (calibrated) {
        throw wrong("--untrained and --calibrated", "exclude each other");
      }
      return Models.untrained(precision);
    }
    Path file = Models.choose(model, console.environment());
    return calibrated ? Models.calibrated(file, precision) : Models.load(file, precision);
  }

  private DetectOptions options() {
    try {
      return new DetectOptions(
          out,
          overwrite,
          mode(),
          tissue.choice(),
          tissue.maskLevel(),
          threshold,
          batch,
          threads.orElse(DetectOptions.into(out).workers()),
          memory.map(MemorySize::bytes),
          wholeFileHash,
          untrained ? List.of("Untrained network: the marks mean nothing.") : List.of(),
          nmsBox);
    } catch (IllegalArgumentException e) {
      throw wrong("detect", e.getMessage());
    }
  }

  private Mode mode() {
    if (stride.isPresent() && overlap.isPresent()) {
      throw wrong("--stride and --overlap", "exclude each other");
    }
    return switch (mode) {
      case PATCH -> {
        if (stride.isPresent() || overlap.isPresent()) {
          throw wrong(stride.isPresent() ? "--stride" : "--overlap", "belongs to --mode sliding");
        }
        yield new Mode.Patch();
      }
      case SLIDING ->
          new Mode.Sliding(
              stride.isPresent()
                  ? new Stride.Pixels(stride.get())
                  : new Stride.Overlap(overlap.orElse(0.0)));
    };
  }

  /** The jobs with --mpp and --mask, which yield to a manifest's. */
  private SlideList jobs(SlideList given) {
    if (mask.isPresent() && given.jobs().size() != 1) {
      throw wrong(
          "--mask", "is for one slide, but there are " + given.jobs().size() + "; use --manifest");
    }
    SlideList spaced = tissue.mpp().map(given::withMpp).orElse(given);
    return mask.map(spaced::withMask).orElse(spaced);
  }

  private static MicrometException wrong(String subject, String problem) {
    return new MicrometException(
        ErrorKind.USAGE, subject, problem, "`micromet detect --help` lists the options.");
  }
}
