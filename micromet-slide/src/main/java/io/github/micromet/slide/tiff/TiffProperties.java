// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import io.github.micromet.slide.Level;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** The file's own words, by OpenSlide's names. */
final class TiffProperties {
  private static final Map<Integer, String> TEXTS =
      Map.of(
          Tag.IMAGE_DESCRIPTION, "tiff.ImageDescription",
          Tag.MAKE, "tiff.Make",
          Tag.MODEL, "tiff.Model",
          Tag.SOFTWARE, "tiff.Software",
          Tag.DATE_TIME, "tiff.DateTime",
          Tag.ARTIST, "tiff.Artist",
          Tag.HOST_COMPUTER, "tiff.HostComputer",
          Tag.COPYRIGHT, "tiff.Copyright");

  private TiffProperties() {}

  static SortedMap<String, String> of(String format, Pyramid pyramid, List<Level> levels)
      throws TiffException, IOException {
    TiffDirectory first = pyramid.levels().get(0);
    SortedMap<String, String> all = new TreeMap<>(pyramid.properties());
    for (Map.Entry<Integer, String> text : TEXTS.entrySet()) {
      String value = first.text(text.getKey());
      if (!value.isEmpty()) {
        all.put(text.getValue(), value);
      }
    }
    if (all.containsKey("tiff.ImageDescription")) {
      all.put("openslide.comment", all.get("tiff.ImageDescription"));
    }
    resolution(first, all);
    all.put("openslide.vendor", format);
    pyramid.mpp().ifPresent(mpp -> all.put("openslide.mpp-x", Double.toString(mpp.x())));
    pyramid.mpp().ifPresent(mpp -> all.put("openslide.mpp-y", Double.toString(mpp.y())));
    pyramid
        .objectivePower()
        .ifPresent(power -> all.put("openslide.objective-power", number(power)));
    all.put("openslide.level-count", Integer.toString(levels.size()));
    for (Level level : levels) {
      String name = "openslide.level[" + level.index() + "].";
      all.put(name + "width", Long.toString(level.width()));
      all.put(name + "height", Long.toString(level.height()));
      all.put(name + "downsample", number(level.downsample()));
      all.put(name + "tile-width", Integer.toString(level.tileWidth()));
      all.put(name + "tile-height", Integer.toString(level.tileHeight()));
    }
    return all;
  }

  private static void resolution(TiffDirectory first, SortedMap<String, String> all)
      throws TiffException, IOException {
    OptionalDouble x = first.real(Tag.X_RESOLUTION);
    OptionalDouble y = first.real(Tag.Y_RESOLUTION);
    x.ifPresent(value -> all.put("tiff.XResolution", number(value)));
    y.ifPresent(value -> all.put("tiff.YResolution", number(value)));
    if (first.has(Tag.RESOLUTION_UNIT)) {
      long unit = first.number(Tag.RESOLUTION_UNIT, 2);
      all.put("tiff.ResolutionUnit", unit == 2 ? "inch" : unit == 3 ? "centimeter" : "none");
    }
  }

  /** Whole numbers without a point, as OpenSlide prints them. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
