// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import io.github.micromet.slide.Mpp;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One slide to work on.
 *
 * @param file the slide
 * @param mpp replaces the file's spacing when present
 * @param mask replaces tissue detection when present
 */
public record SlideJob(Path file, Optional<Mpp> mpp, Optional<Path> mask) {
  public SlideJob {
    Objects.requireNonNull(file);
    Objects.requireNonNull(mpp);
    Objects.requireNonNull(mask);
  }

  public static SlideJob of(Path file) {
    return new SlideJob(file, Optional.empty(), Optional.empty());
  }

  /**
   * The stem that names the outputs: the last extension removed, two for {@code .gz}; {@code
   * x.ome.tiff} gives {@code x.ome}.
   *
   * <p>Source: MONAI ProbMapProducer, inference specification section 6.
   */
  public String name() {
    String name = file.getFileName().toString();
    if (name.toLowerCase(Locale.ROOT).endsWith(".gz")) {
      name = name.substring(0, name.length() - 3);
    }
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
