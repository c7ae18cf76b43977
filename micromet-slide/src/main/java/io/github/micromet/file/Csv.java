// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.file;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Text that people or spreadsheets wrote, line by line and field by field. Threads: stateless. */
public final class Csv {
  /** Spreadsheets write one at the start of a text. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private Csv() {}

  /**
   * The lines of a UTF-8 text, without a byte order mark.
   *
   * @throws MicrometException of kind USAGE if it cannot be read as that
   */
  public static List<String> lines(Path file) {
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.UTF_8));
      if (!lines.isEmpty() && lines.get(0).startsWith(BYTE_ORDER_MARK)) {
        lines.set(0, lines.get(0).substring(1));
      }
      return lines;
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.USAGE,
          file.toString(),
          "cannot be read as UTF-8 text (" + e.getMessage() + ")",
          "Give a text file.",
          e);
    }
  }

  /** RFC 4180 fields of one line, without blanks around: quotes protect commas, "" is one quote. */
  public static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString().strip());
    return fields;
  }

  /** One field as RFC 4180 writes it: in quotes if it holds a comma, a quote or a line's end. */
  public static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
