// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a slide says of itself.
 *
 * @param format the dialect, e.g. {@code aperio}, {@code generic-tiff}, {@code ome-tiff}
 * @param reader who reads it: {@code micromet} or {@code openslide VERSION}
 * @param levels finest first, never empty
 * @param mpp microns per pixel of level 0; empty when the file does not say
 * @param objectivePower nominal magnification; empty when the file does not say
 * @param properties the file's own words, by OpenSlide's names where there is one
 * @param associated names of the pictures beside the pyramid: {@code label}, {@code macro}, ...
 */
public record SlideInfo(
    String format,
    String reader,
    List<Level> levels,
    Optional<Mpp> mpp,
    OptionalDouble objectivePower,
    SortedMap<String, String> properties,
    SortedSet<String> associated) {

  public SlideInfo {
    levels = List.copyOf(levels);
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("a slide has at least one level");
    }
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    associated = Collections.unmodifiableSortedSet(new TreeSet<>((Set<String>) associated));
  }

  public long width() {
    return levels.get(0).width();
  }

  public long height() {
    return levels.get(0).height();
  }

  /**
   * The level of that index.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Level level(int index) {
    if (index < 0 || index >= levels.size()) {
      throw new IllegalArgumentException(
          "there is no level " + index + ": the slide has " + levels.size());
    }
    return levels.get(index);
  }

  /** The same with that spacing if there is one, for {@link SlideOptions#mpp()}. */
  public SlideInfo withMpp(Optional<Mpp> other) {
    return other.isEmpty()
        ? this
        : new SlideInfo(format, reader, levels, other, objectivePower, properties, associated);
  }
}
