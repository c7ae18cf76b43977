// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A table that grows by rows; every cell is escaped. Threads: confined. */
final class HtmlTable {
  private final StringBuilder rows = new StringBuilder();
  private final String[] heads;
  private final int textColumns;

  /**
   * @param textColumns how many columns from the left hold words; the others hold numbers and are
   *     set to the right
   */
  HtmlTable(int textColumns, String... heads) {
    this.textColumns = textColumns;
    this.heads = heads.clone();
  }

  /** A row; {@code mark} is a class of the style or empty. */
  HtmlTable row(String mark, String... cells) {
    if (cells.length != heads.length) {
      throw new IllegalArgumentException(cells.length + " cells for " + heads.length + " columns");
    }
    rows.append(mark.isEmpty() ? "<tr>" : "<tr class=\"" + mark + "\">");
    for (int i = 0; i < cells.length; i++) {
      rows.append(i < textColumns ? "<td>" : "<td class=\"n\">")
          .append(Html.escape(cells[i]))
          .append("</td>");
    }
    rows.append("</tr>\n");
    return this;
  }

  String html() {
    String head =
        Arrays.stream(heads)
            .map(Html::escape)
            .collect(Collectors.joining("</th><th scope=\"col\">", "<th scope=\"col\">", "</th>"));
    return "<div class=\"wide\"><table class=\"t"
        + textColumns
        + "\">\n<thead><tr>"
        + head
        + "</tr></thead>\n<tbody>\n"
        + rows
        + "</tbody></table></div>\n";
  }
}
