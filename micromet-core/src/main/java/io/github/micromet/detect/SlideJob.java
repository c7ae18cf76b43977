// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import io.github.micromet.run.SlideFiles;
import io.github.micromet.run.Spacing;
import io.github.micromet.slide.Mpp;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * One slide to work on.
 *
 * @param file the slide
 * @param spacing replaces the file's when present
 * @param mask replaces tissue detection when present
 */
public record SlideJob(Path file, Optional<Spacing> spacing, Optional<Path> mask) {
  public SlideJob {
    Objects.requireNonNull(file);
    Objects.requireNonNull(spacing);
    Objects.requireNonNull(mask);
  }

  public static SlideJob of(Path file) {
    return new SlideJob(file, Optional.empty(), Optional.empty());
  }

  /** Names the outputs; see {@link SlideFiles#nameOf}. */
  public String name() {
    return SlideFiles.nameOf(file.getFileName().toString());
  }

  /** The spacing that replaces the file's. */
  Optional<Mpp> mpp() {
    return spacing.map(s -> new Mpp(s.x(), s.y()));
  }

  /** Who gave the spacing, if there is one. */
  Spacing.Origin spacingFrom() {
    return spacing.map(Spacing::from).orElse(Spacing.Origin.FILE);
  }
}
