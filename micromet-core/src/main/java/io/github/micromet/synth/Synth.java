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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Seeded synthetic slides in the layout of CAMELYON16: images/, masks/, annotations/. They are
 * drawings for tests and demonstrations, and say so in every file.
 *
 * <p>Threads: each call by itself; a call may paint several slides at once.
 */
public final class Synth {
  private static final int TILE = 512;
  private static final long NORMAL_NUMBERS = 10_000;

  private final Path folder;
  private final SynthOptions options;
  private final List<SlideGroup> groups;
  private final Progress progress;

  /** One slide to paint; its number, with the cohort's seed, makes its own seed. */
  private record Plan(String name, long number, SlideGroup group) {}

  private Synth(Path folder, SynthOptions options, List<SlideGroup> groups, Progress progress) {
    this.folder = folder;
    this.options = options;
    this.groups = groups;
    this.progress = progress;
  }

  /**
   * Paints a cohort. The same options give the same bytes.
   *
   * @param folder made if it is not there; must be empty
   * @param progress told of the tiles of level 0 of all slides
   * @throws MicrometException of kind USAGE if the folder holds something or a lesion has no room,
   *     RESOURCE if a file cannot be written
   */
  public static SynthCohort write(Path folder, SynthOptions options, Progress progress) {
    SlideGroup tumour =
        new SlideGroup(
            options.tumourSlides(), options.width(), options.height(), options.lesions());
    SlideGroup normal =
        new SlideGroup(options.normalSlides(), options.width(), options.height(), List.of());
    List<Plan> plans = new ArrayList<>(plans(List.of(tumour), "tumor", 0));
    plans.addAll(plans(List.of(normal), "normal", NORMAL_NUMBERS));
    return new Synth(folder, options, List.of(tumour, normal), progress).write(plans, 1);
  }

  /**
   * Paints a cohort of several kinds of slides. The same groups and options give the same bytes,
   * whatever the number of painters.
   *
   * @param folder made if it is not there; must be empty
   * @param options seed, spacing, variety and quality; numbers, sizes and lesions are the groups'
   * @param groups those without lesions are tumour-free slides
   * @param painters slides painted at once
   * @param progress told of the tiles of level 0 of all slides
   * @throws MicrometException as the other
   */
  public static SynthCohort write(
      Path folder, SynthOptions options, List<SlideGroup> groups, int painters, Progress progress) {
    List<Plan> plans =
        new ArrayList<>(
            plans(groups.stream().filter(g -> !g.lesions().isEmpty()).toList(), "tumor", 0));
    plans.addAll(
        plans(
            groups.stream().filter(g -> g.lesions().isEmpty()).toList(), "normal", NORMAL_NUMBERS));
    return new Synth(folder, options, groups, progress).write(plans, painters);
  }

  private static List<Plan> plans(List<SlideGroup> groups, String word, long before) {
    List<Plan> plans = new ArrayList<>();
    for (SlideGroup group : groups) {
      for (int i = 0; i < group.slides(); i++) {
        int number = plans.size() + 1;
        String name = String.format(Locale.ROOT, "%s_%03d", word, number);
        plans.add(new Plan(name, before + number, group));
      }
    }
    return plans;
  }

  private SynthCohort write(List<Plan> plans, int painters) {
    makeFolders();
    progress.begin(
        "painting " + plans.size() + (plans.size() == 1 ? " slide" : " slides"),
        plans.stream().mapToLong(plan -> tiles(plan.group())).sum());
    List<SyntheticSlide> slides = slides(plans, painters);
    progress.end();
    Path manifest = folder.resolve("manifest.csv");
    AtomicFiles.write(manifest, manifest(slides));
    Path lesions = folder.resolve("lesions.csv");
    AtomicFiles.write(lesions, lesions(slides));
    AtomicFiles.write(folder.resolve("README.txt"), readme());
    return new SynthCohort(folder, slides, manifest, lesions);
  }

  private List<SyntheticSlide> slides(List<Plan> plans, int painters) {
    ExecutorService pool = Executors.newFixedThreadPool(painters);
    try {
      List<Future<SyntheticSlide>> painted =
          plans.stream().map(plan -> pool.submit(() -> slide(plan))).toList();
      List<SyntheticSlide> slides = new ArrayList<>();
      for (Future<SyntheticSlide> each : painted) {
        slides.add(each.get());
      }
      return slides;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while painting", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static long tiles(SlideGroup group) {
    return ((group.width() + TILE - 1L) / TILE) * ((group.height() + TILE - 1L) / TILE);
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

  private SyntheticSlide slide(Plan plan) {
    long seed = Noise.hash(options.seed(), plan.number(), 1);
    double mpp = options.mpp();
    String name = plan.name();
    SlideGroup group = plan.group();
    Anatomy anatomy = new Anatomy(seed, group.width() * mpp, group.height() * mpp);
    boolean withTumour = plan.number() < NORMAL_NUMBERS;
    List<SyntheticLesion> lesions =
        withTumour ? new LesionPlacement(anatomy, seed + 50, group, mpp).place(name) : List.of();
    TruthPolygons truth = truth(lesions);
    Path image = folder.resolve("images").resolve(name + ".tif");
    paint(image, group, new TissuePainter(seed, anatomy, truth.raster(), mpp, options.variety()));
    if (!withTumour) {
      return new SyntheticSlide(name, image, Optional.empty(), Optional.empty(), lesions);
    }
    Path mask = folder.resolve("masks").resolve(name + "_mask.tif");
    PyramidTiffWriter.writeMask(
        mask,
        group.width(),
        group.height(),
        PyramidOptions.of(new TileCompression.Deflate())
            .withMpp(Mpp.of(mpp))
            .withDescription(remark() + " Mask: 1 is tumour."),
        truth.raster()::paint);
    Path xml = folder.resolve("annotations").resolve(name + ".xml");
    AsapXml.write(xml, truth, remark());
    return new SyntheticSlide(name, image, Optional.of(mask), Optional.of(xml), lesions);
  }

  private void paint(Path image, SlideGroup group, TissuePainter painter) {
    PyramidTiffWriter.write(
        image,
        group.width(),
        group.height(),
        PyramidOptions.of(new TileCompression.Jpeg(options.jpegQuality()))
            .withTile(TILE)
            .withMpp(Mpp.of(options.mpp()))
            .withDescription(remark()),
        (x0, y0, into) -> {
          painter.paint(x0, y0, into);
          progress.advance(1);
        });
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
        + String.format(
            Locale.ROOT,
            "seed %d, %s um a pixel, variety %s, JPEG quality %d\n",
            options.seed(),
            options.mpp(),
            options.variety(),
            options.jpegQuality())
        + groups.stream()
            .map(
                group ->
                    String.format(
                        Locale.ROOT,
                        "%d of %d x %d pixels, lesions of each: %s\n",
                        group.slides(),
                        group.width(),
                        group.height(),
                        group.lesions()))
            .collect(Collectors.joining());
  }
}
