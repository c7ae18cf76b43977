// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where labels come from; several kinds together are one list.
 *
 * @param training files of regions on slides: the reference's CSV of twelve columns, or NCRF's
 *     coordinates of three, which need {@code annotations}
 * @param validation the same for validation
 * @param images the folder of the slides; absent: a folder {@code images} beside each file, or the
 *     file's own
 * @param annotations the folder of NCRF's JSON or ASAP's XML, named like the slides
 * @param allowCrossing whether an annotation's outlines may cross themselves; what they enclose
 *     twice is then not tumour
 * @param dataList a {@code dataset.json} of MONAI's layout
 * @param patches a CSV or folder of labelled images of one patch
 * @param patchesMpp microns per pixel of those images where a CSV does not say; absent: the model's
 */
public record LabelSources(
    List<Path> training,
    List<Path> validation,
    Optional<Path> images,
    Optional<Path> annotations,
    boolean allowCrossing,
    Optional<Path> dataList,
    Optional<Path> patches,
    OptionalDouble patchesMpp) {
  public LabelSources {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    if (patchesMpp.isPresent() && !(patchesMpp.getAsDouble() > 0)) {
      throw new IllegalArgumentException("mpp is positive");
    }
  }
}
