// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import io.github.micromet.slide.Mpp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * What a dialect makes of the directories.
 *
 * @param levels finest first
 * @param associated pictures beside the pyramid, by name
 * @param mpp of the finest level
 * @param objectivePower nominal
 * @param properties the dialect's own, by OpenSlide's names
 */
record Pyramid(
    List<TiffDirectory> levels,
    SortedMap<String, TiffDirectory> associated,
    Optional<Mpp> mpp,
    OptionalDouble objectivePower,
    SortedMap<String, String> properties) {

  /** The same directories by falling width; equal widths keep the file's order. */
  static List<TiffDirectory> byWidth(List<TiffDirectory> directories)
      throws TiffException, IOException {
    record Sized(TiffDirectory directory, long width) {}
    List<Sized> sized = new ArrayList<>();
    for (TiffDirectory directory : directories) {
      sized.add(new Sized(directory, directory.number(Tag.IMAGE_WIDTH, 0)));
    }
    sized.sort((a, b) -> Long.compare(b.width(), a.width()));
    return sized.stream().map(Sized::directory).toList();
  }

  /** Whether tag 254 says that a directory is a smaller copy of another. */
  static boolean isReduced(TiffDirectory directory) throws TiffException, IOException {
    return (directory.number(Tag.NEW_SUBFILE_TYPE, 0) & 1) == 1;
  }
}
