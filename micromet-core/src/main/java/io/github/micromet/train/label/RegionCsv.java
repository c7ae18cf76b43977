// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import io.github.micromet.file.Csv;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference's {@code training.csv}: no header; slide name, x and y of the region's centre in
 * level-0 pixels, nine labels of 0 or 1. The labels stand column by column in the file, the left
 * column first; here they go row by row, as the region is split.
 *
 * <p>Threads: stateless.
 */
final class RegionCsv {
  /** Fields of a line. */
  static final int FIELDS = 12;

  private static final int SIDE = 3;
  private static final int FIRST_LABEL = 3;
  private static final String REMEDY =
      "A line is slide,x,y and nine labels of the 3 x 3 patches, column by column; no header.";

  private RegionCsv() {}

  static List<Found> read(Path file, NamedFiles slides, SlidePlaces places) {
    List<Found> found = new ArrayList<>();
    List<String> lines = Csv.lines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        Line line = new Line(file, i + 1);
        found.add(new Found(region(Csv.fields(lines.get(i)), line, slides, places), line));
      }
    }
    return found;
  }

  private static LabelledRegion region(
      List<String> fields, Line line, NamedFiles slides, SlidePlaces places) {
    if (fields.size() != FIELDS) {
      throw line.wrong("has " + fields.size() + " columns, not " + FIELDS, REMEDY);
    }
    return new LabelledRegion(
        SlideLine.place(fields, line, slides, places, REMEDY), rowByRow(fields, line));
  }

  /** The labels in the order in which a region is split. */
  static List<Integer> rowByRow(List<String> fields, Line line) {
    List<Integer> labels = new ArrayList<>();
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        labels.add(line.labelOf(fields.get(FIRST_LABEL + SIDE * column + row), REMEDY));
      }
    }
    return labels;
  }
}
