// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.detect.DetectOptions;
import io.github.micromet.detect.TissueChoice;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.report.TissueReport;
import io.github.micromet.run.SlideFiles;
import io.github.micromet.run.TissueCount;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import io.github.micromet.tissue.TissueDetector;
import io.github.micromet.tissue.TissueMask;
import io.github.micromet.tissue.TissueRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "tissue", description = "Write a slide's tissue mask as PNG and GeoJSON.")
final class TissueCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SLIDE", description = "The slide's file.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description =
          "Folder for NAME.tissue.png and NAME.tissue.geojson (default: the current one).")
  private Path out;

  @Option(
      names = "--mask-level",
      paramLabel = "LEVEL",
      defaultValue = "" + DetectOptions.DEFAULT_MASK_LEVEL,
      description = "Level whose pixels are the mask's cells (default: ${DEFAULT-VALUE}).")
  private int level;

  @Option(
      names = "--tissue",
      paramLabel = "RULE",
      defaultValue = "default",
      converter = Words.OfTissue.class,
      description = {
        "default: the reference's rule, better where it fails; reference: exactly it; none: every"
            + " cell (default: ${DEFAULT-VALUE})."
      })
  private TissueChoice tissue;

  @Option(
      names = "--mpp",
      paramLabel = "MICRONS",
      description = "Microns per pixel, in place of what the file says.")
  private Optional<Double> mpp;

  private final Console console;

  TissueCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Optional<Mpp> spacing = Spacings.of(mpp);
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT.withMpp(spacing))) {
      String name = SlideFiles.nameOf(slide.name());
      Path png = fresh(name + ".tissue.png");
      Path geoJson = fresh(name + ".tissue.geojson");
      TissueMask mask = TissueDetector.detect(slide, rule());
      TissueReport.writePng(png, mask);
      TissueReport.writeGeoJson(geoJson, slide.name(), slide.identity(), slide.info(), mask);
      for (String note : mask.notes()) {
        console.err().println(slide.name() + ": " + note);
      }
      console.out().println(summary(slide, mask));
      console.out().println(png);
      console.out().println(geoJson);
    }
    return 0;
  }

  private TissueRule rule() {
    return switch (tissue) {
      case DEFAULT -> new TissueRule.Otsu(level, false);
      case REFERENCE -> new TissueRule.Otsu(level, true);
      case NONE -> new TissueRule.Everywhere(level);
    };
  }

  private Path fresh(String name) {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          out.toString(),
          "cannot be made (" + e.getMessage() + ")",
          "Choose another --out.",
          e);
    }
    Path path = out.resolve(name);
    if (Files.exists(path)) {
      throw new MicrometException(
          ErrorKind.USAGE, path.toString(), "exists already", "Remove it or choose another --out.");
    }
    return path;
  }

  private static String summary(Slide slide, TissueMask mask) {
    TissueCount count = TissueCount.of(mask.grid(), mask.count(), slide.info().mpp());
    String area =
        count.areaUm2().isPresent()
            ? String.format(Locale.ROOT, ", %.2f mm2", count.areaUm2().getAsDouble() / 1e6)
            : "";
    return slide.name()
        + ": "
        + mask.count()
        + " of "
        + mask.grid().cells()
        + " cells are tissue"
        + area;
  }
}
