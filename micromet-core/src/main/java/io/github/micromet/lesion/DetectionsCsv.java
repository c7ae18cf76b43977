// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.lesion;

import io.github.micromet.file.AtomicFiles;
import io.github.micromet.slide.Mpp;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Detections as CSV, highest first, with a heading; numbers have the fewest digits that read back
 * exactly; micron columns are empty where the slide's spacing is unknown.
 *
 * <p>Threads: stateless.
 */
public final class DetectionsCsv {
  /** The first line. */
  public static final String HEADING = "row,column,probability,x0,y0,x_ref,y_ref,x_um,y_um";

  private DetectionsCsv() {}

  /**
   * Writes the whole file or nothing, replacing a file of that name.
   *
   * @throws io.github.micromet.error.MicrometException of kind RESOURCE if it cannot be written
   */
  public static void write(List<Detection> detections, Optional<Mpp> mpp, Path file) {
    AtomicFiles.write(file, text(detections, mpp));
  }

  /** The file's text; lines end in a line feed on every platform. */
  public static String text(List<Detection> detections, Optional<Mpp> mpp) {
    StringBuilder text = new StringBuilder(HEADING).append('\n');
    for (Detection found : detections) {
      text.append(line(found, mpp)).append('\n');
    }
    return text.toString();
  }

  private static String line(Detection found, Optional<Mpp> mpp) {
    return String.join(
        ",",
        Integer.toString(found.row()),
        Integer.toString(found.column()),
        Decimals.shortest(found.probability()),
        Decimals.shortest(found.x0()),
        Decimals.shortest(found.y0()),
        Long.toString(found.xRef()),
        Long.toString(found.yRef()),
        mpp.map(spacing -> Decimals.shortest(found.x0() * spacing.x())).orElse(""),
        mpp.map(spacing -> Decimals.shortest(found.y0() * spacing.y())).orElse(""));
  }
}
