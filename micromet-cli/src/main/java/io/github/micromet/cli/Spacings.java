// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.Mpp;
import java.util.Optional;

/** The option {@code --mpp}. */
final class Spacings {
  private Spacings() {}

  static Optional<Mpp> of(Optional<Double> microns) {
    try {
      return microns.map(Mpp::of);
    } catch (IllegalArgumentException e) {
      throw new MicrometException(
          ErrorKind.USAGE,
          "--mpp " + microns.orElseThrow(),
          "must be positive and finite",
          "Most scanners have 0.2 to 0.5 microns per pixel.",
          e);
    }
  }
}
