// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.SlideInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the tumour of one slide is, from outlines or from a mask, asked point by point. A question
 * whose answer lies in a mask's damaged tile ends with a MicrometException of kind INPUT: such a
 * tile reads as white, and white is tumour.
 *
 * <p>Threads: safe for many; close it once, when none is asking.
 */
public sealed interface SlideTruth extends AutoCloseable permits OutlineTruth, MaskTruth {
  /** Whether a point is tumour, as near as is cheap: a mask is asked on a coarse level. */
  boolean nearTumour(double x0, double y0);

  /** Whether a point is tumour: in an outline and in none that is cut out, or a mask's pixel. */
  boolean tumourAt(long x0, long y0);

  /**
   * The 3 x 3 labels of the region around a pixel, see {@link RegionLabels}; of a mask the pixels
   * at the same nine points.
   *
   * @return nine 0 or 1, row by row from the top left
   */
  List<Integer> labels(long centreX0, long centreY0);

  /** What a person should know, e.g. of outlines that were left out; sentences. */
  List<String> notes();

  @Override
  void close();

  /** The truth of outlines; {@link TruthPolygons#NONE} for a slide free of tumour. */
  static SlideTruth of(TruthPolygons truth) {
    return new OutlineTruth(truth);
  }

  /**
   * Opens a file of truth, a mask TIFF or annotations, told by its content.
   *
   * @param slide whose truth it is
   * @throws MicrometException of kind INPUT if it cannot be read, an outline is open, crosses
   *     itself (unless allowed) or lies outside the slide, or the mask has another size than the
   *     slide
   */
  static SlideTruth open(Path file, SlideInfo slide, TruthReading reading) {
    if (isTiff(file)) {
      return MaskTruth.open(file, slide, reading.maskValues());
    }
    TruthPolygons truth = Annotations.read(file);
    if (!reading.groups().isEmpty()) {
      truth = truth.regrouped(reading.groups());
    }
    OutlineCheck.refuse(
        file, OutlineCheck.of(truth, slide.width(), slide.height()), reading.allowCrossing());
    return new OutlineTruth(truth);
  }

  private static boolean isTiff(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(2), StandardCharsets.ISO_8859_1);
      return start.equals("II") || start.equals("MM");
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.INPUT,
          file.toString(),
          "cannot be read (" + e.getMessage() + ")",
          "Check the path.",
          e);
    }
  }
}
