// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.openslide;

import io.github.micromet.slide.Level;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.SlideInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/** What libopenslide says of a slide, as values. */
final class Metadata {
  /** Stands in where the library does not tell the size of its tiles. */
  private static final int UNTOLD_TILE = 256;

  private Metadata() {}

  static SlideInfo info(OpenSlideHandle handle, String reader, Optional<Mpp> override) {
    Map<String, String> properties = handle.properties();
    return new SlideInfo(
        properties.getOrDefault("openslide.vendor", "unknown"),
        reader,
        levels(handle, properties),
        override.or(() -> mpp(properties)),
        positive(properties, "openslide.objective-power"),
        new TreeMap<>(properties),
        new TreeSet<>(handle.associatedNames()));
  }

  private static List<Level> levels(OpenSlideHandle handle, Map<String, String> properties) {
    return handle.ask(
        (api, slide) -> {
          List<Level> levels = new ArrayList<>();
          int count = api.openslide_get_level_count(slide);
          for (int i = 0; i < count; i++) {
            long[] width = new long[1];
            long[] height = new long[1];
            api.openslide_get_level_dimensions(slide, i, width, height);
            String tile = "openslide.level[" + i + "].tile-";
            levels.add(
                new Level(
                    i,
                    width[0],
                    height[0],
                    api.openslide_get_level_downsample(slide, i),
                    edge(properties, tile + "width"),
                    edge(properties, tile + "height")));
          }
          return levels;
        });
  }

  private static int edge(Map<String, String> properties, String name) {
    OptionalDouble told = positive(properties, name);
    return told.isPresent() ? (int) told.getAsDouble() : UNTOLD_TILE;
  }

  private static Optional<Mpp> mpp(Map<String, String> properties) {
    OptionalDouble x = positive(properties, "openslide.mpp-x");
    OptionalDouble y = positive(properties, "openslide.mpp-y");
    return x.isPresent() && y.isPresent()
        ? Optional.of(new Mpp(x.getAsDouble(), y.getAsDouble()))
        : Optional.empty();
  }

  private static OptionalDouble positive(Map<String, String> properties, String name) {
    String value = properties.get(name);
    if (value == null) {
      return OptionalDouble.empty();
    }
    try {
      double number = Double.parseDouble(value);
      return number > 0 && number < Double.POSITIVE_INFINITY
          ? OptionalDouble.of(number)
          : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty(); // vendors write words here
    }
  }

  /** Hexadecimal SHA-256 over properties (quickhash-1 among them), level sizes and length. */
  static String identity(SlideInfo info, long length) {
    StringBuilder text = new StringBuilder("length=").append(length).append('\n');
    for (Level level : info.levels()) {
      text.append(level.width()).append('x').append(level.height()).append('\n');
    }
    info.properties()
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
