// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.file.AtomicFiles;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code summary.csv}: a row a slide, in the order asked for. UTF-8, comma, RFC 4180 quotes, line
 * feeds, a header; unknown values are empty.
 */
final class Summary {
  static final String HEADER =
      "slide,status,reason,windows,detections,lesions,max_probability,tissue_mm2,lesion_mm2,"
          + "largest_lesion_mm,bad_tiles,seconds";

  private static final double UM2_PER_MM2 = 1e6;
  private static final double UM_PER_MM = 1e3;

  private Summary() {}

  static void write(Path file, List<? extends SlideOutcome> outcomes) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (SlideOutcome outcome : outcomes) {
      text.append(row(outcome)).append('\n');
    }
    AtomicFiles.write(file, text.toString());
  }

  private static String row(SlideOutcome outcome) {
    if (outcome instanceof SlideRecord done) {
      Findings found = done.findings();
      return String.join(
          ",",
          quoted(done.slideName()),
          "done",
          "",
          Long.toString(done.windows().scored()),
          Integer.toString(found.detections()),
          Integer.toString(found.lesions()),
          decimal(found.maxProbability(), 6),
          decimal(done.tissue().areaUm2(), UM2_PER_MM2, 4),
          decimal(found.lesionAreaUm2(), UM2_PER_MM2, 4),
          decimal(found.largestLesionUm(), UM_PER_MM, 3),
          Integer.toString(done.badTiles().size()),
          decimal(done.timing().seconds(), 1));
    }
    String nothing = ",,,,,,,,,";
    if (outcome instanceof SlideOutcome.Failed failed) {
      return quoted(failed.slideName()) + ",failed," + quoted(failed.reason()) + nothing;
    }
    return quoted(outcome.slideName()) + ",stopped," + nothing;
  }

  private static String decimal(OptionalDouble value, double per, int digits) {
    return value.isEmpty() ? "" : decimal(value.getAsDouble() / per, digits);
  }

  private static String decimal(double value, int digits) {
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String quoted(String text) {
    String line = text.replaceAll("\\R", " ");
    return line.contains(",") || line.contains("\"")
        ? '"' + line.replace("\"", "\"\"") + '"'
        : line;
  }
}
