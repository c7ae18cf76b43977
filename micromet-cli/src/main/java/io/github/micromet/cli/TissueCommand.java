// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.report.TissueReport;
import io.github.micromet.run.SlideFiles;
import io.github.micromet.run.TissueCount;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private TissueOptions tissue = new TissueOptions();

  private final Console console;

  TissueCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    TissueRule rule = tissue.choice().rule(tissue.maskLevel());
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT.withMpp(tissue.mpp()))) {
      String name = SlideFiles.nameOf(slide.name());
      Path png = fresh(name + ".tissue.png");
      Path geoJson = fresh(name + ".tissue.geojson");
      TissueMask mask = TissueDetector.detect(slide, rule);
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
