// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.detect.SlideJob;
import io.github.micromet.detect.SlideList;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.train.choose.SampledRegions;
import io.github.micromet.train.choose.Sampling;
import io.github.micromet.train.choose.SamplingOptions;
import io.github.micromet.train.choose.SlideSample;
import io.github.micromet.train.choose.SourceSlide;
import io.github.micromet.truth.TruthReading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "patches",
    description = {
      "Choose regions of slides to train on, with their labels.",
      "Writes training.csv and validation.csv in the reference's columns, and patches.json, which says"
          + " where they come from.",
      "A region is 768 x 768 pixels of level 0, wholly in the slide, around a pixel in tissue. A"
          + " tumour region's pixel is tumour; a normal region has no tumour at the centres of its"
          + " nine cells. Labels follow NCRF's rule."
    })
final class PatchesCommand implements Callable<Integer> {
  private static final int MOST_THREADS = 64;

  @Parameters(arity = "0..*", paramLabel = "SLIDE", description = "Slides, or folders of slides.")
  private List<Path> given = new ArrayList<>();

  @Option(
      names = "--list",
      paramLabel = "FILE",
      description = "A text file with a slide a line, relative to itself.")
  private Optional<Path> list;

  @Option(
      names = "--truth",
      paramLabel = "DIR",
      required = true,
      description =
          "Folder of NAME.xml (ASAP), NAME.json (polygons), NAME_mask.tif or NAME.tif; may be given"
              + " more than once.")
  private List<Path> truth;

  @Option(
      names = "--assume-normal",
      description = "Take slides without a file of truth as free of tumour; else they are refused.")
  private boolean assumeNormal;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the files; must not hold files of an earlier choice.")
  private Path out;

  @Option(
      names = "--tumour",
      paramLabel = "N",
      defaultValue = "100",
      description = "Tumour regions of each slide (default: ${DEFAULT-VALUE}).")
  private int tumour;

  @Option(
      names = "--normal",
      paramLabel = "N",
      defaultValue = "100",
      description = "Normal regions of each slide (default: ${DEFAULT-VALUE}).")
  private int normal;

  @Option(
      names = "--total",
      description =
          "--tumour and --normal are numbers of all slides together, spread as evenly as there is"
              + " room.")
  private boolean total;

  @Option(
      names = "--validation",
      paramLabel = "FRACTION",
      defaultValue = "0",
      description =
          "Part of the slides, of those with tumour and those without each, that go to"
              + " validation.csv; a slide is never divided (default: ${DEFAULT-VALUE}).")
  private double validation;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed and options give the same regions (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--mask-value",
      paramLabel = "N",
      description = "The value of tumour in mask TIFFs (default: 1 and 255).")
  private Optional<Integer> maskValue;

  @Option(
      names = "--allow-crossing",
      description = "Take outlines that cross themselves; what they enclose twice is not tumour.")
  private boolean allowCrossing;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Slides read at once; the regions do not depend on it (default: the cores).")
  private Optional<Integer> threads;

  @Mixin private GroupOptions groups = new GroupOptions();
  @Mixin private TissueOptions tissue = new TissueOptions();

  private final Console console;

  PatchesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    SampledRegions.inTheWay(out)
        .ifPresent(
            there -> {
              throw new MicrometException(
                  ErrorKind.USAGE,
                  there.toString(),
                  "exists already",
                  "Remove it or choose another --out.");
            });
    SamplingOptions options = options();
    SlideList slides = SlideList.of(given, list, Optional.empty());
    slides.notes().forEach(note -> console.err().println(note));
    SampledRegions regions =
        Sampling.of(
            slides.jobs().stream().map(this::source).toList(),
            options,
            threadCount(),
            new TerminalProgress(console.err(), console.terminal(), System::nanoTime));
    List<Path> files = regions.write(out);
    regions.notes().forEach(note -> console.err().println(note));
    console.out().println(count("training", regions.training()));
    if (!regions.validation().isEmpty()) {
      console.out().println(count("validation", regions.validation()));
    }
    files.forEach(file -> console.out().println(file));
    return 0;
  }

  private SourceSlide source(SlideJob job) {
    SourceSlide slide = SourceSlide.in(truth, job.file());
    if (slide.truth().isEmpty() && !assumeNormal) {
      throw new MicrometException(
          ErrorKind.USAGE,
          job.file().toString(),
          "has no " + slide.name() + ".xml, .json or _mask.tif in the folders of --truth",
          "Add it, or --assume-normal if slides without one are free of tumour.");
    }
    return slide;
  }

  private SamplingOptions options() {
    TruthReading reading =
        TruthReading.DEFAULT.withGroups(groups.groups()).withCrossing(allowCrossing);
    if (maskValue.isPresent()) {
      int value = maskValue.get();
      if (value < 1 || value > 255) {
        throw new MicrometException(
            ErrorKind.USAGE,
            "--mask-value " + value,
            "is not 1 to 255",
            "0 is what is not tumour; MONAI's masks hold 1, CAMELYON16's 255.");
      }
      reading = reading.withMaskValue(value);
    }
    try {
      return new SamplingOptions(
          tumour,
          normal,
          total,
          validation,
          seed,
          tissue.choice().rule(tissue.maskLevel()),
          reading,
          tissue.mpp());
    } catch (IllegalArgumentException e) {
      throw new MicrometException(
          ErrorKind.USAGE,
          "patches",
          e.getMessage(),
          "`micromet patches --help` lists the options.",
          e);
    }
  }

  private int threadCount() {
    int count = threads.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    if (count < 1 || count > MOST_THREADS) {
      throw new MicrometException(
          ErrorKind.USAGE,
          "--threads " + count,
          "is not 1 to " + MOST_THREADS,
          "Leave it out for one a core.");
    }
    return count;
  }

  private static String count(String part, List<SlideSample> samples) {
    return part
        + ": "
        + samples.stream().mapToInt(sample -> sample.tumour().size()).sum()
        + " tumour and "
        + samples.stream().mapToInt(sample -> sample.normal().size()).sum()
        + " normal regions of "
        + samples.size()
        + " slides";
  }
}
