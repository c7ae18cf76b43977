// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import io.github.micromet.train.label.LabelledRegion.OnSlide;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Checks places on slides; each slide is opened once.
 *
 * <p>Threads: one at a time.
 */
final class SlidePlaces {
  record Size(long width, long height) {
    boolean holds(long x, long y) {
      return x >= 0 && y >= 0 && x < width && y < height;
    }
  }

  private final Map<Path, Size> sizes = new HashMap<>();

  /**
   * A place whose centre is on the slide; the region around it may reach over the edge.
   *
   * @throws io.github.micromet.error.MicrometException naming the line if it is not, or what {@link
   *     Slides#open} throws
   */
  OnSlide at(Path file, long x0, long y0, Line line, String remedy) {
    Size size = size(file);
    if (!size.holds(x0, y0)) {
      String turned = size.holds(y0, x0) ? "; x and y exchanged would be on it" : "";
      throw line.wrong(
          "is at x "
              + x0
              + ", y "
              + y0
              + ", outside "
              + file.getFileName()
              + " of "
              + size.width()
              + " x "
              + size.height()
              + turned,
          remedy);
    }
    return new OnSlide(file, x0, y0);
  }

  /** The slide's level 0. */
  Size size(Path file) {
    return sizes.computeIfAbsent(file, SlidePlaces::read);
  }

  private static Size read(Path file) {
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT.withCacheBytes(0))) {
      SlideInfo info = slide.info();
      return new Size(info.width(), info.height());
    }
  }
}
