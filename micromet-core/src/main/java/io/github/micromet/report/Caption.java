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
  public Caption {
    Objects.requireNonNull(title);
    Objects.requireNonNull(mpp);
    Objects.requireNonNull(by);
    labels = List.copyOf(labels);
  }

  /** The caption of a run's picture. */
  public static Caption of(String slideName, Optional<Mpp> mpp, Provenance by) {
    return new Caption(slideName, mpp, by.inShort(), by.labels());
  }
}
