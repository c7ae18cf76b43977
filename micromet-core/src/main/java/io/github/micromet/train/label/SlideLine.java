// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import io.github.micromet.train.label.LabelledRegion.OnSlide;
import java.nio.file.Path;
import java.util.List;

/** What lines of regions begin with: slide,x,y. Threads: stateless. */
final class SlideLine {
  private SlideLine() {}

  /** The place of the first three fields, checked. */
  static OnSlide place(
      List<String> fields, Line line, NamedFiles slides, SlidePlaces places, String remedy) {
    long x0 = line.wholeOf(fields.get(1), "the x", remedy);
    long y0 = line.wholeOf(fields.get(2), "the y", remedy);
    String name = fields.get(0);
    Path slide =
        slides
            .find(name, line)
            .orElseThrow(
                () ->
                    line.wrong(
                        "names the slide " + name + ", which is not in " + slides.folder(),
                        "Give the folder of the slides with --images."));
    return places.at(slide, x0, y0, line, remedy);
  }
}
