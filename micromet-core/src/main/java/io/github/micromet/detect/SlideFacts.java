// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.ModelContract;
import io.github.micromet.patch.ReadPlan;
import io.github.micromet.run.Provenance;
import io.github.micromet.run.Sha256;
import io.github.micromet.run.SlideSource;
import io.github.micromet.slide.Slide;
import io.github.micromet.tissue.TissueMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the record says of a slide, and what people should be told of it. */
final class SlideFacts {
  /** Beyond this ratio between two spacings a network sees another magnification. */
  private static final double SPACING_TOLERANCE = 1.2;

  private SlideFacts() {}

  static SlideSource source(Slide slide, SlideJob job, DetectOptions options) {
    Path file = job.file();
    try {
      return SlideSource.of(
          slide,
          Files.size(file),
          job.spacingFrom(),
          options.wholeFileHash() ? Optional.of(Sha256.of(file)) : Optional.empty());
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.INPUT,
          file.toString(),
          "cannot be read to its end (" + e.getMessage() + ")",
          "Check the disk or copy the slide again.",
          e);
    }
  }

  /** The run's provenance; what every reader must know of this slide is added. */
  static Provenance provenance(Slide slide, Provenance run) {
    return synthetic(slide) ? run.withLabel("Synthetic slide: not a patient's.") : run;
  }

  private static boolean synthetic(Slide slide) {
    return slide
        .info()
        .properties()
        .getOrDefault("tiff.ImageDescription", "")
        .startsWith(SlideSource.SYNTHETIC);
  }

  static List<String> warnings(
      Slide slide, TissueMask tissue, ReadPlan plan, ModelContract contract) {
    List<String> warnings = new ArrayList<>();
    if (tissue.count() == 0) {
      warnings.add("No tissue was found, so nothing was scored and the map is all zero.");
    }
    if (slide.info().mpp().isEmpty()) {
      warnings.add(
          "The slide does not say its microns per pixel, so nothing is measured in microns and"
              + " the scale is not checked; --mpp gives it.");
    } else {
      double mpp = slide.info().mpp().get().mean();
      double ratio = Math.max(mpp / contract.mpp(), contract.mpp() / mpp);
      if (ratio > SPACING_TOLERANCE) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "The slide has %.3f microns per pixel and the model was trained at %.3f: it sees"
                    + " another magnification, and its probabilities are not to be trusted.",
                mpp,
                contract.mpp()));
      }
    }
    int bad = slide.faults().size();
    if (bad > 0) {
      long windows =
          slide.faults().stream()
              .flatMap(fault -> plan.touching(fault, slide.info()).stream())
              .distinct()
              .count();
      warnings.add(
          bad
              + " stored tiles could not be decoded and were read as white; "
              + windows
              + " windows touch them (badTiles).");
    }
    return warnings;
  }
}
