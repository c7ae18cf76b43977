// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where an evaluation finds its slides.
 *
 * @param folder of maps or detections
 * @param source which of its files
 * @param truth folder of masks or outlines
 * @param slides folder of the slides themselves, for the size and spacing that outlines lack
 * @param mapLevel a map's cell is 2^mapLevel level-0 pixels
 */
public record FrocInputs(
    Path folder, DetectionSource source, Path truth, Optional<Path> slides, int mapLevel) {
  public FrocInputs {
    Objects.requireNonNull(folder);
    Objects.requireNonNull(source);
    Objects.requireNonNull(truth);
    Objects.requireNonNull(slides);
  }

  /**
   * The kind of files in a folder: maps before detections before the challenge's.
   *
   * @throws MicrometException of kind USAGE if there are none
   */
  public static DetectionSource sourceOf(Path folder) {
    for (DetectionSource source : DetectionSource.values()) {
      if (!files(folder, source).isEmpty()) {
        return source;
      }
    }
    throw none(folder, DetectionSource.MAPS);
  }

  /** Its files by name. */
  List<Path> files() {
    List<Path> files = files(folder, source);
    if (files.isEmpty()) {
      throw none(folder, source);
    }
    return files;
  }

  static List<Path> files(Path folder, DetectionSource source) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> source.fits(file.getFileName().toString()))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.USAGE,
          folder.toString(),
          "is not a folder that can be read",
          "Give the folder of maps or detections.",
          e);
    }
  }

  private static MicrometException none(Path folder, DetectionSource source) {
    // The first words are the reference's own.
    String problem =
        source == DetectionSource.MAPS
            ? "No probability map result found in '" + folder + "' with '.npy' extension."
            : "No file of detections found in '" + folder + "' with '" + source.ending() + "'";
    return new MicrometException(
        ErrorKind.USAGE,
        "froc",
        problem,
        "`micromet detect` writes maps (NAME.npy) and detections (NAME.detections.csv).");
  }
}
