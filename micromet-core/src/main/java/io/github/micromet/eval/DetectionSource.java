// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import java.util.Locale;

/** What an evaluation reads of each slide. */
public enum DetectionSource {
  /** NAME.npy, whose peaks are found by the protocol. */
  MAPS(".npy"),
  /** NAME.detections.csv of `micromet detect`. */
  DETECTIONS(".detections.csv"),
  /** NAME.csv of the CAMELYON16 challenge: confidence,x,y. */
  CHALLENGE(".csv");

  private final String ending;

  DetectionSource(String ending) {
    this.ending = ending;
  }

  /** How its files' names end. */
  public String ending() {
    return ending;
  }

  /** Whether a file is of this kind by its name. */
  public boolean fits(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return switch (this) {
      // Case counts here: the reference asks for .npy.
      case MAPS -> fileName.endsWith(ending);
      case DETECTIONS -> name.endsWith(ending);
      // What froc itself writes lies in the same folder.
      case CHALLENGE -> name.endsWith(ending) && !DETECTIONS.fits(name) && !name.startsWith("froc");
    };
  }

  /** NAME. */
  public String slide(String fileName) {
    return fileName.substring(0, fileName.length() - ending.length());
  }
}
