// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import io.github.micromet.slide.Mpp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Aperio SVS: tiled directories are the levels, stripped ones the pictures beside them; spacing and
 * magnification stand in the description, {@code ...|AppMag = 20|MPP = 0.4990|...}.
 */
public final class AperioFormat extends TiffFormat {
  @Override
  public String name() {
    return "aperio";
  }

  @Override
  Optional<String> notMine(TiffFile file) throws TiffException, IOException {
    return Dialect.of(file) == Dialect.APERIO
        ? Optional.empty()
        : Optional.of("its description does not start with \"Aperio\"");
  }

  @Override
  Pyramid pyramid(TiffFile file) throws TiffException, IOException {
    List<TiffDirectory> levels = new ArrayList<>();
    SortedMap<String, TiffDirectory> associated = new TreeMap<>();
    for (TiffDirectory directory : file.directories()) {
      if (TiffLayout.isTiled(directory)) {
        levels.add(directory);
      } else {
        nameOf(directory).ifPresent(name -> associated.putIfAbsent(name, directory));
      }
    }
    TiffDirectory first = file.directories().get(0);
    if (levels.isEmpty() || levels.get(0) != first) {
      throw new TiffException("its first directory is not tiled, as an Aperio slide's is");
    }
    SortedMap<String, String> words = words(first.text(Tag.IMAGE_DESCRIPTION));
    OptionalDouble stated = positive(words.get("aperio.MPP"));
    Optional<Mpp> mpp =
        stated.isPresent() ? Optional.of(Mpp.of(stated.getAsDouble())) : Resolution.of(first);
    OptionalDouble power = positive(words.get("aperio.AppMag"));
    return new Pyramid(Pyramid.byWidth(levels), associated, mpp, power, words);
  }

  /** The second directory is the thumbnail; the others are named by their subfile type or text. */
  private static Optional<String> nameOf(TiffDirectory directory)
      throws TiffException, IOException {
    if (directory.index() == 1) {
      return Optional.of("thumbnail");
    }
    String[] lines = directory.text(Tag.IMAGE_DESCRIPTION).split("\n", 3);
    String second = lines.length > 1 ? lines[1].strip().toLowerCase(Locale.ROOT) : "";
    long type = directory.number(Tag.NEW_SUBFILE_TYPE, 0);
    if (second.startsWith("label") || type == 1) {
      return Optional.of("label");
    }
    if (second.startsWith("macro") || type == 9) {
      return Optional.of("macro");
    }
    return Optional.empty();
  }

  /** {@code KEY = VALUE} between bars becomes aperio.KEY. */
  private static SortedMap<String, String> words(String description) {
    SortedMap<String, String> words = new TreeMap<>();
    String[] parts = description.split("\\|", -1);
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0) {
        words.putIfAbsent(
            "aperio." + parts[i].substring(0, equals).strip(),
            parts[i].substring(equals + 1).strip());
      }
    }
    return words;
  }

  private static OptionalDouble positive(String text) {
    try {
      double value = text == null ? 0 : Double.parseDouble(text);
      return value > 0 && Double.isFinite(value)
          ? OptionalDouble.of(value)
          : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
