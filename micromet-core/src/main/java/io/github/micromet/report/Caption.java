// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.run.Provenance;
import io.github.micromet.slide.Mpp;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a picture says beside the picture.
 *
 * @param title the slide's name
 * @param mpp microns per pixel of level 0; without it there is no scale bar
 * @param by program and model, one line
 * @param labels warnings, e.g. that the network is untrained; never cut off
 */
public record Caption(String title, Optional<Mpp> mpp, String by, List<String> labels) {
  private static final int HASH_DIGITS = 12;

  public Caption {
    Objects.requireNonNull(title);
    Objects.requireNonNull(mpp);
    Objects.requireNonNull(by);
    labels = List.copyOf(labels);
  }

  /** The caption of a run's picture. */
  public static Caption of(String slideName, Optional<Mpp> mpp, Provenance by) {
    String hash = by.model().sha256();
    String line =
        "Micromet "
            + by.software().micromet()
            + ", "
            + by.model().name()
            + " ("
            + hash.substring(0, Math.min(HASH_DIGITS, hash.length()))
            + "), "
            + by.engine().precision();
    return new Caption(slideName, mpp, line, by.labels());
  }
}
