// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import io.github.micromet.file.Csv;
import io.github.micromet.slide.SlideNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The labelled places of a training, checked: every slide and image is there, every centre is on
 * its slide, every label is 0 or 1, and training has both.
 *
 * @param training in the order of the files
 * @param validation may be empty
 * @param notes sentences for the log: what stands twice, what is in both lists, what was left out
 */
public record TrainingLists(
    List<LabelledRegion> training, List<LabelledRegion> validation, List<String> notes) {
  private static final String NO_TRAINING =
      "Give --train, --datalist or --patches with places to learn from.";

  public TrainingLists {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    notes = List.copyOf(notes);
  }

  /**
   * Reads and checks all label files; opens every slide they name once.
   *
   * @throws io.github.micromet.error.MicrometException of kind INPUT for the first thing that is
   *     wrong, with file and line; of another kind if a slide cannot be opened
   */
  public static TrainingLists read(LabelSources sources) {
    Gathered all = new Gathered();
    SlidePlaces places = new SlidePlaces();
    AnnotatedSlides annotated = new AnnotatedSlides(sources.annotations(), sources.allowCrossing());
    for (Path file : sources.training()) {
      all.training.addAll(regions(file, sources, places, annotated));
    }
    for (Path file : sources.validation()) {
      all.validation.addAll(regions(file, sources, places, annotated));
    }
    all.notes.addAll(annotated.notes());
    sources.dataList().ifPresent(f -> DataListJson.read(f, places, sources.patchesMpp(), all));
    sources.patches().ifPresent(p -> PatchImages.read(p, sources.patchesMpp(), all));
    if (all.forTest() > 0) {
      all.notes.add(all.forTest() + " images are for a test and in no list.");
    }
    ListChecks.check(all, NO_TRAINING);
    return new TrainingLists(regions(all.training), regions(all.validation), all.notes);
  }

  /**
   * Labelled images of patches alone, to measure a model with: either list may be empty or of one
   * class.
   *
   * @param mpp microns per pixel where a CSV does not say; absent: the model's
   * @throws io.github.micromet.error.MicrometException of kind USAGE for the first thing that is
   *     wrong, with file and line
   */
  public static TrainingLists ofPatches(Path patches, OptionalDouble mpp) {
    Gathered all = new Gathered();
    PatchImages.read(patches, mpp, all);
    return new TrainingLists(regions(all.training), regions(all.validation), all.notes);
  }

  private static List<LabelledRegion> regions(List<Found> found) {
    return found.stream().map(Found::region).toList();
  }

  /** By the columns of the first line. */
  private static List<Found> regions(
      Path file, LabelSources sources, SlidePlaces places, AnnotatedSlides annotated) {
    NamedFiles slides = slides(file, sources.images());
    List<String> lines = Csv.lines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      int columns = Csv.fields(lines.get(i)).size();
      if (columns == CoordinateList.FIELDS) {
        return CoordinateList.read(file, slides, places, annotated);
      }
      if (columns != RegionCsv.FIELDS) {
        throw new Line(file, i + 1)
            .wrong(
                "has " + columns + " columns",
                "A line is slide,x,y with nine labels (the reference's), or without (NCRF's).");
      }
      return RegionCsv.read(file, slides, places);
    }
    throw new Line(file, 1).wrong("is empty", NO_TRAINING);
  }

  private static NamedFiles slides(Path file, Optional<Path> images) {
    Path own = file.toAbsolutePath().getParent();
    Path beside = own.resolve("images");
    Path folder = images.orElse(Files.isDirectory(beside) ? beside : own);
    return new NamedFiles(folder, 1, SlideNames::fits);
  }
}
