// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import io.github.micromet.run.Progress;
import io.github.micromet.run.SlideSource;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.write.PyramidOptions;
import io.github.micromet.slide.write.PyramidTiffWriter;
import io.github.micromet.slide.write.TileCompression;
import io.github.micromet.truth.Annotation;
import io.github.micromet.truth.AsapXml;
import io.github.micromet.truth.TruthPolygons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Seeded synthetic slides in the layout of CAMELYON16: images/, masks/, annotations/. They are
 * drawings for tests and demonstrations, and say so in every file.
 *
 * <p>Threads: each call by itself.
 */
public final class Synth {
  private static final int TILE = 512;

  private final Path folder;
  private final SynthOptions options;
  private final Progress progress;

  private Synth(Path folder, SynthOptions options, Progress progress) {
    this.folder = folder;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Paints a cohort. The same options give the same bytes.
   *
   * @param folder made if it is not there; must be empty
   * @param progress told of each slide's tiles of level 0
   * @throws MicrometException of kind USAGE if the folder holds something or a lesion has no room,
   *     RESOURCE if a file cannot be written
   */
  public static SynthCohort write(Path folder, SynthOptions options, Progress progress) {
    return new Synth(folder, options, progress).write();
  }

  private SynthCohort write() {
    makeFolders();
    List<SyntheticSlide> slides = new ArrayList<>();
    for (int i = 1; i <= options.tumourSlides(); i++) {
      slides.add(slide(String.format(Locale.ROOT, "tumor_%03d", i), i, true));
    }
    for (int i = 1; i <= options.normalSlides(); i++) {
      slides.add(slide(String.format(Locale.ROOT, "normal_%03d", i), 10_000L + i, false));
    }
    Path manifest = folder.resolve("manifest.csv");
    AtomicFiles.write(manifest, manifest(slides));
    Path lesions = folder.resolve("lesions.csv");
    AtomicFiles.write(lesions, lesions(slides));
    AtomicFiles.write(folder.resolve("README.txt"), readme());
    return new SynthCohort(folder, slides, manifest, lesions);
  }

  private void makeFolders() {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> there = Files.list(folder)) {
        Optional<Path> first = there.findFirst();
        if (first.isPresent()) {
          throw new MicrometException(
              ErrorKind.USAGE,
              folder.toString(),
              "the folder is not empty (" + first.get().getFileName() + ")",
              "Name a new folder.");
        }
      }
      for (String name : List.of("images", "masks", "annotations")) {
        Files.createDirectory(folder.resolve(name));
      }
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          folder.toString(),
          "cannot be made (" + e.getMessage() + ")",
          "Choose a folder that can be written to.",
          e);
    }
  }

  private SyntheticSlide slide(String name, long number, boolean withTumour) {
    long seed = Noise.hash(options.seed(), number, 1);
    double mpp = options.mpp();
    Anatomy anatomy = new Anatomy(seed, options.width() * mpp, options.height() * mpp);
    List<SyntheticLesion> lesions =
        withTumour ? new LesionPlacement(anatomy, seed + 50, options).place(name) : List.of();
    TruthPolygons truth = truth(lesions);
    Path image = folder.resolve("images").resolve(name + ".tif");
    paint(name, image, new TissuePainter(seed, anatomy, truth.raster(), mpp, options.variety()));
    if (!withTumour) {
      return new SyntheticSlide(name, image, Optional.empty(), Optional.empty(), lesions);
    }
    Path mask = folder.resolve("masks").resolve(name + "_mask.tif");
    PyramidTiffWriter.writeMask(
        mask,
        options.width(),
        options.height(),
        PyramidOptions.of(new TileCompression.Deflate())
            .withMpp(Mpp.of(mpp))
            .withDescription(remark() + " Mask: 1 is tumour."),
        truth.raster()::paint);
    Path xml = folder.resolve("annotations").resolve(name + ".xml");
    AsapXml.write(xml, truth, remark());
    return new SyntheticSlide(name, image, Optional.of(mask), Optional.of(xml), lesions);
  }

  private void paint(String name, Path image, TissuePainter painter) {
    long columns = (options.width() + TILE - 1L) / TILE;
    long rows = (options.height() + TILE - 1L) / TILE;
    progress.begin(name + ": painting", columns * rows);
    PyramidTiffWriter.write(
        image,
        options.width(),
        options.height(),
        PyramidOptions.of(new TileCompression.Jpeg(options.jpegQuality()))
            .withTile(TILE)
            .withMpp(Mpp.of(options.mpp()))
            .withDescription(remark()),
        (x0, y0, into) -> {
          painter.paint(x0, y0, into);
          progress.advance(1);
        });
    progress.end();
  }

  private static TruthPolygons truth(List<SyntheticLesion> lesions) {
    List<Annotation> annotations = new ArrayList<>();
    for (SyntheticLesion lesion : lesions) {
      annotations.add(new Annotation("Annotation " + annotations.size(), "_0", lesion.outline()));
    }
    return new TruthPolygons(annotations);
  }

  private String remark() {
    return SlideSource.SYNTHETIC + ", seed " + options.seed() + ": a drawing, no patient's tissue.";
  }

  private String manifest(List<SyntheticSlide> slides) {
    StringBuilder csv = new StringBuilder("slide,mpp\n");
    for (SyntheticSlide slide : slides) {
      csv.append("images/").append(slide.name()).append(".tif,").append(options.mpp()).append('\n');
    }
    return csv.toString();
  }

  private static String lesions(List<SyntheticSlide> slides) {
    StringBuilder csv = new StringBuilder("slide,lesion,kind,longest_um,area_um2,x0,y0\n");
    for (SyntheticSlide slide : slides) {
      for (int i = 0; i < slide.lesions().size(); i++) {
        SyntheticLesion lesion = slide.lesions().get(i);
        csv.append(
            String.format(
                Locale.ROOT,
                "%s,%d,%s,%.1f,%.1f,%.1f,%.1f\n",
                slide.name(),
                i,
                lesion.kind().name().toLowerCase(Locale.ROOT),
                lesion.longestUm(),
                lesion.areaUm2(),
                lesion.centroid().getX(),
                lesion.centroid().getY()));
      }
    }
    return csv.toString();
  }

  private String readme() {
    return remark()
        + "\n\nimages/       pyramids, JPEG\n"
        + "masks/        1 is tumour; tumor slides only\n"
        + "annotations/  the same outlines as ASAP XML, group _0\n"
        + "manifest.csv  slide,mpp; for --manifest\n"
        + "lesions.csv   kind by longest extent: macro over 2 mm, micro over 0.2 mm, else itc;\n"
        + "              centroid x0,y0 in level-0 pixels\n\n"
        + options
        + "\n";
  }
}
