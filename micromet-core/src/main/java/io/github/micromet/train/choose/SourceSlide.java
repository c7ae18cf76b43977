// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.choose;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.SlideNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A slide with what is known of its tumour.
 *
 * @param file the slide
 * @param truth ASAP XML, polygon JSON or a mask TIFF; empty for a slide free of tumour
 */
public record SourceSlide(Path file, Optional<Path> truth) {
  private static final List<String> ENDINGS =
      List.of(".xml", ".json", "_mask.tif", "_Mask.tif", ".tif", ".tiff");

  public SourceSlide {
    Objects.requireNonNull(file);
    Objects.requireNonNull(truth);
  }

  /** NAME of the slide, the first field of its rows. */
  public String name() {
    return SlideNames.nameOf(file.getFileName().toString());
  }

  /**
   * The slide with its truth out of folders: {@code NAME.xml}, {@code NAME.json}, {@code
   * NAME_mask.tif} (or {@code _Mask}) or {@code NAME.tif}; empty truth if there is none.
   *
   * @throws MicrometException of kind USAGE if there are two, which might disagree
   */
  public static SourceSlide in(List<Path> folders, Path slide) {
    String name = SlideNames.nameOf(slide.getFileName().toString());
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      for (String ending : ENDINGS) {
        Path file = folder.resolve(name + ending);
        boolean slideItself =
            file.toAbsolutePath().normalize().equals(slide.toAbsolutePath().normalize());
        if (Files.isRegularFile(file) && !slideItself && !isTwin(found, file)) {
          found.add(file);
        }
      }
    }
    if (found.size() > 1) {
      throw new MicrometException(
          ErrorKind.USAGE,
          slide.toString(),
          "has two files of truth, " + found.get(0) + " and " + found.get(1),
          "Leave one of them in the folders of --truth.");
    }
    return new SourceSlide(slide, found.stream().findFirst());
  }

  /** On a file system that does not tell _mask from _Mask the same file is found twice. */
  private static boolean isTwin(List<Path> found, Path file) {
    return found.stream().anyMatch(other -> other.toString().equalsIgnoreCase(file.toString()));
  }
}
