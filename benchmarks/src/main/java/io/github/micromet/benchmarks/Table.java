// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.benchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** A Markdown table, a row at a time, so that a run that is cut off has shown what it measured. */
final class Table {
  private final PrintStream out;

  Table(PrintStream out, String title, List<String> columns) {
    this.out = out;
    out.println();
    out.println("### " + title);
    out.println();
    row(columns.toArray());
    out.println("|" + " --- |".repeat(columns.size()));
  }

  void row(Object... cells) {
    StringBuilder line = new StringBuilder("|");
    for (Object cell : cells) {
      line.append(' ').append(text(cell)).append(" |");
    }
    out.println(line);
    out.flush();
  }

  private static String text(Object cell) {
    if (cell instanceof Double number) {
      return String.format(Locale.ROOT, number < 10 ? "%.3f" : "%.1f", number);
    }
    return String.valueOf(cell);
  }
}
