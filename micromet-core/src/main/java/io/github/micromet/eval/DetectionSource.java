// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import java.util.Locale;
import java.util.Set;

/** What an evaluation reads of each slide. */
public enum DetectionSource {
  /** NAME.npy, whose peaks are found by the protocol. */
  MAPS(".npy"),
  /** NAME.detections.csv of `micromet detect`. */
  DETECTIONS(".detections.csv"),
  /** NAME.csv of the CAMELYON16 challenge: confidence,x,y. */
  CHALLENGE(".csv");

  private static final Set<String> OURS =
      Set.of(
          "summary.csv",
          "roc.csv",
          "roc_cases.csv",
          FrocTables.SLIDES,
          FrocTables.LESIONS,
          FrocTables.FALSE_POSITIVES,
          FrocTables.CURVE);

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
      // What Micromet itself writes may lie in the same folder.
      case CHALLENGE -> name.endsWith(ending) && !DETECTIONS.fits(name) && !OURS.contains(name);
    };
  }

  /** NAME. */
  public String slide(String fileName) {
    return fileName.substring(0, fileName.length() - ending.length());
  }
}
