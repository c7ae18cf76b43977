// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What files of slides are called. Threads: stateless. */
public final class SlideNames {
  private static final Set<String> EXTENSIONS =
      Set.of(
          "tif", "tiff", "btf", "svs", "ndpi", "mrxs", "scn", "bif", "vms", "vmu", "dcm",
          "svslide");

  private SlideNames() {}

  /** Extensions of slides, lower case, without the dot, in alphabetical order. */
  public static List<String> extensions() {
    return EXTENSIONS.stream().sorted().toList();
  }

  /** Whether a file is called like a slide; upper and lower case are the same. */
  public static boolean fits(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  /**
   * NAME of a slide: its file's name without the last extension, for {@code .gz} without the last
   * two, as the reference names its maps ({@code a.b.tif} is {@code a.b}).
   */
  public static String nameOf(String file) {
    String name = file;
    if (name.toLowerCase(Locale.ROOT).endsWith(".gz")) {
      name = name.substring(0, name.length() - ".gz".length());
    }
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
