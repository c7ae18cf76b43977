// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import io.github.micromet.truth.Annotation.Meaning;
import io.github.micromet.truth.Annotations;
import io.github.micromet.truth.MaskTiff;
import io.github.micromet.truth.OutlineCheck;
import io.github.micromet.truth.TruthPolygons;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "mask",
    description = {
      "Write outlines as a pyramidal mask TIFF.",
      "It is the truth that FROC reads. A pixel is tumour if its centre is in an outline of tumour and in none of what is not; what"
          + " an outline encloses twice is outside. Outlines that cross themselves are told and"
          + " painted, those that enclose nothing are told and left out."
    })
final class MaskCommand implements Callable<Integer> {
  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,6})[xX]([1-9]\\d{0,6})");

  /** Four million tiles, whose table takes 60 MB. */
  private static final long MOST_SIDE = 1_000_000;

  @Parameters(
      arity = "1..2",
      paramLabel = "[SLIDE] ANNOTATION",
      description =
          "The slide, whose levels' sizes and spacing the mask gets, then its ASAP XML or polygon"
              + " JSON; with --size the annotation alone.")
  private List<Path> files;

  @Option(
      names = "--out",
      paramLabel = "TIFF",
      required = true,
      description = "The mask's file; must not exist.")
  private Path out;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      description = "Width and height of level 0 in pixels, where the slide is not at hand.")
  private Optional<String> size;

  @Option(
      names = "--value",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Value of tumour: 1, which MONAI's evaluation asks for, or 255, which CAMELYON16's does"
              + " (default: ${DEFAULT-VALUE}).")
  private int value;

  @Mixin private GroupOptions groups = new GroupOptions();

  private final Console console;

  MaskCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (value != 1 && value != 255) {
      throw new MicrometException(
          ErrorKind.USAGE, "--value " + value, "is neither 1 nor 255", "Leave it out for 1.");
    }
    if (files.size() == 2 == size.isPresent()) {
      throw new MicrometException(
          ErrorKind.USAGE,
          "mask",
          size.isPresent()
              ? "has a slide and --size"
              : "has no slide before the annotation, and no --size",
          "Give `SLIDE ANNOTATION`, or `--size WxH ANNOTATION`.");
    }
    if (Files.exists(out)) {
      throw new MicrometException(
          ErrorKind.USAGE, out.toString(), "exists already", "Remove it or choose another --out.");
    }
    Path annotation = files.get(files.size() - 1);
    TruthPolygons truth = groups.applyTo(Annotations.read(annotation));
    if (size.isPresent()) {
      long[] wide = size(size.get());
      tell(annotation, truth, wide[0], wide[1]);
      MaskTiff.write(out, truth, wide[0], wide[1], value);
    } else {
      try (Slide slide = Slides.open(files.get(0), SlideOptions.DEFAULT)) {
        tell(annotation, truth, slide.info().width(), slide.info().height());
        MaskTiff.write(out, truth, slide.info(), value);
        compareLevels(slide.info());
      }
    }
    console
        .out()
        .println(
            truth.outlines(Meaning.TUMOUR).size()
                + " outlines of tumour, "
                + truth.outlines(Meaning.EXCLUDED).size()
                + " cut out");
    console.out().println(out);
    return 0;
  }

  private static long[] size(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (matcher.matches()) {
      long width = Long.parseLong(matcher.group(1));
      long height = Long.parseLong(matcher.group(2));
      if (Math.max(width, height) <= MOST_SIDE) {
        return new long[] {width, height};
      }
    }
    throw new MicrometException(
        ErrorKind.USAGE,
        "--size " + text,
        "is not a width and a height of up to " + MOST_SIDE + " pixels",
        "Write it like 97792x221184.");
  }

  private void tell(Path annotation, TruthPolygons truth, long width, long height) {
    OutlineCheck.of(truth, width, height)
        .forEach(fault -> console.err().println(fault.in(annotation)));
    OutlineCheck.leftOut(truth).ifPresent(note -> console.err().println(annotation + ": " + note));
    if (truth.outlines(Meaning.TUMOUR).isEmpty()) {
      console.err().println(annotation + ": no outline means tumour, so the mask is all 0");
    }
  }

  /** The written file, read again, against the slide. */
  private void compareLevels(SlideInfo slide) {
    try (Slide mask = Slides.open(out, SlideOptions.DEFAULT)) {
      int both = Math.min(slide.levels().size(), mask.info().levels().size());
      for (Level level : slide.levels().subList(0, both)) {
        Level ours = mask.info().level(level.index());
        if (ours.width() != level.width() || ours.height() != level.height()) {
          console
              .err()
              .println(
                  "level "
                      + level.index()
                      + " of the mask is "
                      + ours.width()
                      + " x "
                      + ours.height()
                      + ", of the slide "
                      + level.width()
                      + " x "
                      + level.height()
                      + ": no halving leads there");
        }
      }
    }
  }
}
