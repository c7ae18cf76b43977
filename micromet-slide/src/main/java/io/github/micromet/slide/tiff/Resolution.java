// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import io.github.micromet.slide.Mpp;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/** Microns per pixel from the TIFF resolution tags, where they can be a scanner's. */
final class Resolution {
  /** Oil immersion at 100x is about 0.05; coarser than 100 is no microscope's. */
  private static final double FINEST = 0.02;

  private static final double COARSEST = 100;

  /** What programs write that do not know: paper's dots per inch, however the unit is given. */
  private static final double[] NOMINAL_DPI = {300, 360, 400, 600, 720, 1200, 2400};

  private Resolution() {}

  static Optional<Mpp> of(TiffDirectory directory) throws TiffException, IOException {
    OptionalDouble x = directory.real(Tag.X_RESOLUTION);
    OptionalDouble y = directory.real(Tag.Y_RESOLUTION);
    double unit =
        switch ((int) Math.min(directory.number(Tag.RESOLUTION_UNIT, 2), 9)) {
          case 2 -> 25400;
          case 3 -> 10000;
          default -> 0; // 1: only the ratio of x and y means something
        };
    if (x.isEmpty() || y.isEmpty() || unit == 0) {
      return Optional.empty();
    }
    double mppX = unit / x.getAsDouble();
    double mppY = unit / y.getAsDouble();
    return isPlausible(mppX) && isPlausible(mppY)
        ? Optional.of(new Mpp(mppX, mppY))
        : Optional.empty();
  }

  static boolean isPlausible(double mpp) {
    if (!(mpp >= FINEST && mpp <= COARSEST)) {
      return false;
    }
    for (double nominal : NOMINAL_DPI) {
      if (Math.abs(25400 / mpp - nominal) < 0.1) {
        return false;
      }
    }
    return true;
  }
}
