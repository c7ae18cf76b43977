// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.stat.LabelledScore;
import io.github.micromet.file.Csv;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A CSV of scored cases: a heading with label, and probability or logit. Threads: stateless. */
final class LabelledLogits {
  // A float32 sigmoid rounds to 1 from a logit of 17 on: 1 and 0 stand for some 16.
  private static final double NEAREST = 1e-7;
  private static final String REMEDY =
      "Give a CSV whose heading names label (0 or 1) and probability or logit.";

  private LabelledLogits() {}

  /**
   * The cases; scores are logits.
   *
   * @throws MicrometException of kind USAGE if a line is wrong, with its number
   */
  static List<LabelledScore> read(Path file) {
    List<String> lines = Csv.lines(file);
    List<String> heading =
        lines.isEmpty() ? List.of() : Csv.fields(lines.get(0).toLowerCase(Locale.ROOT));
    boolean logits = heading.contains("logit");
    int score = heading.indexOf(logits ? "logit" : "probability");
    int label = heading.indexOf("label");
    if (score < 0 || label < 0) {
      throw wrong(file, 1, "does not name label and probability or logit");
    }
    List<LabelledScore> cases = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      List<String> fields = Csv.fields(lines.get(i));
      if (fields.size() != heading.size()) {
        throw wrong(file, i + 1, "has " + fields.size() + " columns, not " + heading.size());
      }
      double value = number(file, i + 1, fields.get(score));
      if (!logits && !(value >= 0 && value <= 1)) {
        throw wrong(file, i + 1, "has the probability " + value);
      }
      String truth = fields.get(label);
      if (!truth.equals("0") && !truth.equals("1")) {
        throw wrong(file, i + 1, "has the label '" + truth + "'");
      }
      cases.add(
          new LabelledScore("line " + (i + 1), logits ? value : logit(value), truth.equals("1")));
    }
    return cases;
  }

  private static double logit(double probability) {
    double p = Math.min(1 - NEAREST, Math.max(NEAREST, probability));
    return Math.log(p / (1 - p));
  }

  private static double number(Path file, int line, String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, with the line.
    }
    throw wrong(file, line, "has '" + text + "' where a number belongs");
  }

  private static MicrometException wrong(Path file, int line, String problem) {
    return new MicrometException(ErrorKind.USAGE, file + " line " + line, problem, REMEDY);
  }
}
