// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.eval.stat.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Text for pages: nothing that a name holds becomes markup. Threads: stateless. */
final class Html {
  private Html() {}

  /** For an element's content or a quoted attribute; control characters become a space. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
              }
            });
    return safe.toString();
  }

  /** A number with so many digits after the point; a dash if it is none. */
  static String number(double value, int digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "–";
  }

  /** For example {@code , 95 % interval 0.4125 to 0.8375}; empty if there is none. */
  static String interval(Optional<Interval> interval) {
    return interval
        .filter(i -> !Double.isNaN(i.low()))
        .map(
            i ->
                ", "
                    + number(100 * i.confidence(), 0)
                    + " % interval "
                    + number(i.low(), 4)
                    + " to "
                    + number(i.high(), 4))
        .orElse("");
  }

  /** A rate of false positives, as the field writes it: 1/4, 1/2, 1, 2. */
  static String rate(double value) {
    for (int part : List.of(2, 4, 8, 16)) {
      if (value == 1.0 / part) {
        return "1/" + part;
      }
    }
    return value == Math.rint(value) && Math.abs(value) < 1e6
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
