// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.choose;

import io.github.micromet.train.label.LabelledRegion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The regions that were chosen.
 *
 * @param options by which
 * @param training slides for training, by name
 * @param validation slides for validation, by name; may be none
 * @param notes sentences with the slide's name: where there was less room than asked for, outlines
 *     that were left out, where the tissue mask differs from the reference's
 */
public record SampledRegions(
    SamplingOptions options,
    List<SlideSample> training,
    List<SlideSample> validation,
    List<String> notes) {
  public SampledRegions {
    Objects.requireNonNull(options);
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    notes = List.copyOf(notes);
  }

  /**
   * All regions for training in one random order: the reference's loader takes rows in the order of
   * the file, and slides one after another would be batches of one slide.
   */
  public List<LabelledRegion> trainingRegions() {
    return mixed(training, "training rows");
  }

  /** All regions for validation in one random order. */
  public List<LabelledRegion> validationRegions() {
    return mixed(validation, "validation rows");
  }

  private List<LabelledRegion> mixed(List<SlideSample> samples, String purpose) {
    List<LabelledRegion> all = new ArrayList<>();
    for (SlideSample sample : samples) {
      all.addAll(sample.tumour());
      all.addAll(sample.normal());
    }
    new Shuffle(options.seed(), purpose).shuffle(all);
    return List.copyOf(all);
  }

  /** A file that {@link #write} would replace, if the folder holds one. */
  public static Optional<Path> inTheWay(Path folder) {
    return Stream.of(RegionFiles.TRAINING, RegionFiles.VALIDATION, RegionFiles.RECORD)
        .map(folder::resolve)
        .filter(Files::exists)
        .findFirst();
  }

  /**
   * Writes {@code training.csv}, {@code validation.csv} if there are slides for it, and {@code
   * patches.json}, which says where they come from.
   *
   * @return the files
   * @throws io.github.micromet.error.MicrometException of kind RESOURCE if one cannot be written
   */
  public List<Path> write(Path folder) {
    return RegionFiles.write(folder, this);
  }
}
