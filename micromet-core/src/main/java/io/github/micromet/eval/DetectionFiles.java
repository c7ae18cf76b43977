// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import io.github.micromet.lesion.Detection;
import io.github.micromet.lesion.DetectionsCsv;
import io.github.micromet.map.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Detections as files: Micromet's NAME.detections.csv with its heading, and the CAMELYON16
 * challenge's NAME.csv without one, lines of confidence,x,y in level-0 pixels.
 *
 * <p>Threads: stateless.
 */
public final class DetectionFiles {
  private DetectionFiles() {}

  /** Detections with the reference's coordinates. */
  public static List<ScoredPoint> points(List<Detection> detections) {
    return detections.stream()
        .map(found -> new ScoredPoint(found.probability(), found.xRef(), found.yRef()))
        .toList();
  }

  /**
   * Reads either kind, told apart by the heading. Of Micromet's the reference's coordinates (x_ref,
   * y_ref) are taken. An empty file is a slide on which nothing fired.
   *
   * @throws MicrometException of kind INPUT if a line is of neither kind, with its number
   */
  public static List<ScoredPoint> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.INPUT,
          file.toString(),
          "cannot be read (" + e.getMessage() + ")",
          "Give detections as text.",
          e);
    }
    boolean ours = !lines.isEmpty() && lines.get(0).equals(DetectionsCsv.HEADING);
    List<String> heading = Arrays.asList(DetectionsCsv.HEADING.split(","));
    int probability = ours ? heading.indexOf("probability") : 0;
    int x = ours ? heading.indexOf("x_ref") : 1;
    int y = ours ? heading.indexOf("y_ref") : 2;
    int width = ours ? heading.size() : 3;
    List<ScoredPoint> points = new ArrayList<>();
    for (int i = ours ? 1 : 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        String[] cells = lines.get(i).split(",", -1);
        if (cells.length != width) {
          throw wrong(file, i, "has " + cells.length + " columns, not " + width);
        }
        points.add(point(file, i, cells[probability], cells[x], cells[y]));
      }
    }
    return points;
  }

  /**
   * A probability map.
   *
   * @throws MicrometException of kind INPUT as {@link NpyFile#read}, and if a value is no number
   */
  static NpyFile.Content map(Path file) {
    NpyFile.Content map = NpyFile.read(file);
    for (int i = 0; i < map.values().length; i++) {
      if (!Double.isFinite(map.values()[i])) {
        throw new MicrometException(
            ErrorKind.INPUT,
            file.toString(),
            "holds "
                + map.values()[i]
                + " in row "
                + i / map.columns()
                + ", column "
                + i % map.columns(),
            "A map holds probabilities: run `micromet detect` on the slide again.");
      }
    }
    return map;
  }

  private static ScoredPoint point(Path file, int line, String probability, String x, String y) {
    try {
      ScoredPoint point =
          new ScoredPoint(
              Double.parseDouble(probability.strip()),
              Double.parseDouble(x.strip()),
              Double.parseDouble(y.strip()));
      if (point.probability() >= 0) {
        return point;
      }
    } catch (IllegalArgumentException e) {
      // Said below, with the line.
    }
    throw wrong(file, line, "is \"" + probability + "," + x + "," + y + "\", not three numbers");
  }

  private static MicrometException wrong(Path file, int line, String problem) {
    return new MicrometException(
        ErrorKind.INPUT,
        file + " line " + (line + 1),
        problem,
        "Give lines of confidence,x,y without a heading, or a file that `micromet detect` wrote.");
  }

  /**
   * Writes the challenge's kind: confidence,x,y, coordinates whole.
   *
   * @throws MicrometException of kind RESOURCE if it cannot be written
   */
  public static void writeChallenge(List<ScoredPoint> points, Path file) {
    StringBuilder text = new StringBuilder();
    for (ScoredPoint point : points) {
      text.append(Numbers.text(point.probability()))
          .append(String.format(Locale.ROOT, ",%d,%d\n", (long) point.x(), (long) point.y()));
    }
    AtomicFiles.write(file, text.toString());
  }
}
