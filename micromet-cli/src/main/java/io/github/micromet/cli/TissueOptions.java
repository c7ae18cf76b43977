// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.detect.DetectOptions;
import io.github.micromet.detect.TissueChoice;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.Mpp;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options by which tissue is found, of every command that finds it. */
final class TissueOptions {
  @Option(
      names = "--mask-level",
      paramLabel = "LEVEL",
      defaultValue = "" + DetectOptions.DEFAULT_MASK_LEVEL,
      description = "Level whose pixels are the cells (default: ${DEFAULT-VALUE}).")
  private int maskLevel;

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

  int maskLevel() {
    if (maskLevel < 0 || maskLevel > DetectOptions.MOST_MASK_LEVEL) {
      throw new MicrometException(
          ErrorKind.USAGE,
          "--mask-level " + maskLevel,
          "is not a level from 0 to " + DetectOptions.MOST_MASK_LEVEL,
          "The reference has " + DetectOptions.DEFAULT_MASK_LEVEL + ".");
    }
    return maskLevel;
  }

  TissueChoice choice() {
    return tissue;
  }

  /** The spacing that replaces the files'. */
  Optional<Mpp> mpp() {
    try {
      return mpp.map(Mpp::of);
    } catch (IllegalArgumentException e) {
      throw new MicrometException(
          ErrorKind.USAGE,
          "--mpp " + mpp.orElseThrow(),
          "must be positive and finite",
          "Most scanners have 0.2 to 0.5 microns per pixel.",
          e);
    }
  }
}
