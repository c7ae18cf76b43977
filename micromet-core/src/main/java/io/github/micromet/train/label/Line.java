// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where something stands in a label file, for what is said of it.
 *
 * @param number from 1; 0 where the file has no lines, as a folder
 */
record Line(Path file, int number) {
  /** The label if the text is one: exactly 0 or 1, as a whole number or with a nought behind. */
  static Optional<Integer> label(String text) {
    return switch (text) {
      case "0", "0.0" -> Optional.of(0);
      case "1", "1.0" -> Optional.of(1);
      default -> Optional.empty();
    };
  }

  MicrometException wrong(String problem, String remedy) {
    String where = number == 0 ? "" : "line " + number + " ";
    return new MicrometException(ErrorKind.INPUT, file.toString(), where + problem, remedy);
  }

  /** A label, or a refusal. */
  int labelOf(String text, String remedy) {
    return label(text)
        .orElseThrow(() -> wrong("has the label '" + text + "', which is not 0 or 1", remedy));
  }

  /** A whole number, or a refusal. */
  long wholeOf(String text, String what, String remedy) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong("has " + what + " '" + text + "', which is not a whole number", remedy);
    }
  }

  /** A positive number, or a refusal. */
  double mppOf(String text, String remedy) {
    try {
      double mpp = Double.parseDouble(text);
      if (mpp > 0 && !Double.isInfinite(mpp)) {
        return mpp;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong("has the mpp '" + text + "', which is not a positive number", remedy);
  }
}
