// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The map of packages, {@code rooms.txt}.
 *
 * @param name the package below {@code io.github.micromet}
 * @param job in a few words
 * @param uses other rooms; {@code *} for all
 * @param libraries package prefixes that only rooms naming them import
 */
record Rooms(String name, String job, Set<String> uses, Set<String> libraries) {
  static final String ROOT = "io.github.micromet";

  /** The rooms in the file's order, by name. */
  static Map<String, Rooms> read() {
    return parse(text());
  }

  static Map<String, Rooms> parse(List<String> lines) {
    Map<String, Rooms> rooms = new LinkedHashMap<>();
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] cells = line.split(" \\| ", -1);
      if (cells.length != 4 || cells[1].isBlank()) {
        throw new IllegalArgumentException("rooms.txt: not four cells: " + line);
      }
      Rooms room = new Rooms(cells[0].strip(), cells[1].strip(), words(cells[2]), words(cells[3]));
      if (rooms.put(room.name(), room) != null) {
        throw new IllegalArgumentException("rooms.txt: twice: " + room.name());
      }
    }
    return rooms;
  }

  static List<String> text() {
    Path file = Golden.root().resolve("rooms.txt");
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The table of rooms as docs/walk.md prints it. */
  static String table() {
    StringBuilder table =
        new StringBuilder("| room | its one job | may use | only here |\n|---|---|---|---|\n");
    for (Rooms room : read().values()) {
      String uses = room.uses.contains("*") ? "all" : String.join(", ", inOrder(room.uses));
      String libraries = String.join(", ", room.libraries.stream().sorted().toList());
      table
          .append("| `" + room.name + "` | " + room.job + " | ")
          .append((uses.isEmpty() ? "-" : uses) + " | ")
          .append((libraries.isEmpty() ? "-" : libraries) + " |\n");
    }
    return table.toString();
  }

  private static List<String> inOrder(Set<String> names) {
    return read().keySet().stream().filter(names::contains).toList();
  }

  private static Set<String> words(String cell) {
    return Arrays.stream(cell.split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty() && !word.equals("-"))
        .collect(Collectors.toUnmodifiableSet());
  }
}
