// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import io.github.micromet.file.Csv;
import io.github.micromet.train.label.LabelledRegion.OnSlide;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * NCRF's {@code coords/*.txt}: slide name, x and y of the region's centre in level-0 pixels. The
 * labels come from the slide's annotation.
 *
 * <p>Threads: stateless.
 */
final class CoordinateList {
  /** Fields of a line. */
  static final int FIELDS = 3;

  private static final String REMEDY = "A line is slide,x,y of a region's centre; no header.";

  private CoordinateList() {}

  static List<Found> read(
      Path file, NamedFiles slides, SlidePlaces places, AnnotatedSlides annotated) {
    List<Found> found = new ArrayList<>();
    List<String> lines = Csv.lines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      Line line = new Line(file, i + 1);
      List<String> fields = Csv.fields(lines.get(i));
      if (fields.size() != FIELDS) {
        throw line.wrong("has " + fields.size() + " columns, not " + FIELDS, REMEDY);
      }
      OnSlide place = SlideLine.place(fields, line, slides, places, REMEDY);
      found.add(new Found(new LabelledRegion(place, annotated.labels(place, places, line)), line));
    }
    return found;
  }
}
