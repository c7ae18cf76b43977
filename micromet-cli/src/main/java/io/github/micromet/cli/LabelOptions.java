// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.train.label.LabelSources;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** Where labelled regions come from, as words. */
final class LabelOptions {
  @Option(
      names = "--train",
      paramLabel = "CSV",
      description =
          "Regions to learn from: the reference's CSV (slide,x,y and nine labels) or NCRF's"
              + " coordinates (slide,x,y, with --annotations); may be given again.")
  private List<Path> training = List.of();

  @Option(names = "--val", paramLabel = "CSV", description = "The same to validate on.")
  private List<Path> validation = List.of();

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description =
          "Folder of the slides (default: a folder images beside each CSV, or the CSV's own).")
  private Optional<Path> images;

  @Option(
      names = "--annotations",
      paramLabel = "DIR",
      description = "Folder of NCRF's JSON or ASAP's XML, named like the slides.")
  private Optional<Path> annotations;

  @Option(
      names = "--allow-crossing",
      description = "Take outlines that cross themselves; what they enclose twice is not tumour.")
  private boolean allowCrossing;

  @Option(
      names = "--datalist",
      paramLabel = "JSON",
      description = "A dataset.json in MONAI's layout, with training and validation.")
  private Optional<Path> dataList;

  @Option(
      names = "--patches",
      paramLabel = "PATH",
      description = "Labelled images of one patch: a CSV, or a folder.")
  private Optional<Path> patches;

  @Option(
      names = "--patches-mpp",
      paramLabel = "MICRONS",
      description =
          "Microns per pixel of those images where a CSV does not say (default: the model's).")
  private Optional<Double> patchesMpp;

  /**
   * @throws IllegalArgumentException if the spacing is not positive
   */
  LabelSources sources() {
    return new LabelSources(
        training,
        validation,
        images,
        annotations,
        allowCrossing,
        dataList,
        patches,
        patchesMpp.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
  }
}
