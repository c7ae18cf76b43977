// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.demo;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import io.github.micromet.synth.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where a demo's files lie, so that one that was stopped goes on from what is there.
 *
 * @param path of the folder
 */
record DemoFolder(Path path) {
  private static final String RECORD = "demo.txt";

  /**
   * Takes a new or empty folder, or that of an earlier demo of the same plan and seed.
   *
   * @throws MicrometException of kind USAGE if it holds anything else, RESOURCE if it cannot be
   *     written
   */
  static DemoFolder open(Path path, DemoPlan plan, long seed) {
    String text = String.format(Locale.ROOT, "micromet demo 2, %s, seed %d%n", plan.name(), seed);
    DemoFolder folder = new DemoFolder(path);
    try {
      Files.createDirectories(path);
      Path record = path.resolve(RECORD);
      if (Files.exists(record)) {
        String found = Files.readString(record).strip();
        if (!found.equals(text.strip())) {
          throw refused(path, "holds another demo (" + found + ")");
        }
        return folder;
      }
      try (Stream<Path> inside = Files.list(path)) {
        if (inside.findAny().isPresent()) {
          throw refused(path, "holds files that no demo of this version wrote");
        }
      }
      AtomicFiles.write(record, text);
      return folder;
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          path.toString(),
          "cannot be used (" + e.getMessage() + ")",
          "Choose a folder that can be written to with --out.",
          e);
    }
  }

  private static MicrometException refused(Path path, String problem) {
    return new MicrometException(
        ErrorKind.USAGE,
        path.toString(),
        problem,
        "Choose a new folder with --out, or remove this one.");
  }

  Path split(Split split) {
    return path.resolve(split.name().toLowerCase(Locale.ROOT));
  }

  /** The windows of the training, in MONAI's data-list layout. */
  Path dataList() {
    return path.resolve("dataset.json");
  }

  Path model() {
    return path.resolve("model");
  }

  Path results() {
    return path.resolve("results");
  }

  Path colourResults() {
    return path.resolve("colour");
  }
}
