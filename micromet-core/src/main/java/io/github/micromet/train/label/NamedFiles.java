// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.SlideNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Files found by their names without extension. CAMELYON16 was published as {@code Tumor_001.tif}
 * and again as {@code tumor_001.tif}, and coordinates of the one are used with the other: a name of
 * another case is found too, if none has the same.
 *
 * <p>Threads: one at a time.
 */
final class NamedFiles {
  private static final String PREFERRED = ".tif"; // the reference's

  private final Path folder;
  private final Map<String, List<Path>> byName = new HashMap<>(); // lower case

  /**
   * @param depth of folders to look in: 1 is this one alone
   * @throws MicrometException if there is no such folder
   */
  NamedFiles(Path folder, int depth, Predicate<Path> fits) {
    this.folder = folder;
    if (!Files.isDirectory(folder)) {
      throw new MicrometException(
          ErrorKind.USAGE, folder.toString(), "there is no such folder", "Check the path.");
    }
    try (Stream<Path> files = Files.walk(folder, depth)) {
      files.filter(Files::isRegularFile).filter(fits).sorted().forEach(this::add);
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.INPUT, folder.toString(), "cannot be listed: " + e.getMessage(), "", e);
    }
  }

  private void add(Path file) {
    byName.computeIfAbsent(key(name(file)), k -> new ArrayList<>()).add(file);
  }

  private static String name(Path file) {
    return SlideNames.nameOf(file.getFileName().toString());
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  Path folder() {
    return folder;
  }

  /**
   * The file of that name, with or without its extension.
   *
   * @throws MicrometException naming the line if several could be meant
   */
  Optional<Path> find(String name, Line line) {
    List<Path> named = byName.getOrDefault(key(name), List.of());
    if (named.isEmpty()) {
      Path whole = folder.resolve(name);
      return Files.isRegularFile(whole) ? Optional.of(whole) : Optional.empty();
    }
    List<Path> same = named.stream().filter(file -> name(file).equals(name)).toList();
    List<Path> left = same.isEmpty() ? named : same;
    if (left.size() > 1) {
      List<Path> preferred =
          left.stream().filter(f -> key(f.getFileName().toString()).endsWith(PREFERRED)).toList();
      left = preferred.isEmpty() ? left : preferred;
    }
    if (left.size() > 1) {
      throw line.wrong(
          "names " + name + ", which could be " + left.get(0) + " or " + left.get(1),
          "Keep one of them in the folder.");
    }
    return Optional.of(left.get(0));
  }
}
