// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.nio.file.Path;
import java.util.Optional;

/** A chart as a PNG file. Threads: stateless. */
final class ChartPng {
  private ChartPng() {}

  /**
   * @throws MicrometException of kind RESOURCE if this machine has no font, or the file cannot be
   *     written
   */
  static void write(Path png, Chart chart) {
    Optional<String> missing = Lettering.missing();
    if (missing.isPresent()) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          png.toString(),
          "cannot be drawn, for this Java finds no font (" + missing.get() + ")",
          "Install fontconfig and a font (Debian: fontconfig fonts-dejavu-core).");
    }
    try (RasterPen pen = new RasterPen()) {
      chart.draw(pen);
      Png.write(png, pen.picture());
    }
  }
}
