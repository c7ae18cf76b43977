// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import io.github.micromet.truth.Annotation.Meaning;
import java.util.ArrayList;
import java.util.List;

/**
 * The 3 x 3 labels of a region of 768 pixels by NCRF's rule: a cell of 256 is tumour if its centre,
 * a corner between four pixels, lies in an outline of tumour or on its edge. Outlines of what is
 * not tumour are not cut out.
 *
 * <p>Inside is even-odd, so what an outline encloses twice is outside. Source: NCRF
 * wsi/data/image_producer.py and annotation.py over skimage.measure.points_in_poly, which in
 * scikit-image 0.26 counts points on an edge in. The patches of 224 that a region is split into are
 * not concentric with these cells; that is the reference's way.
 *
 * <p>Threads: safe for many.
 */
public final class RegionLabels {
  /** Cells along one side. */
  public static final int SIDE = 3;

  /** Edge of a cell. */
  public static final int CELL = 256;

  private final List<PolygonEdges> tumour;

  /** For many regions of one slide. */
  public RegionLabels(TruthPolygons truth) {
    tumour = truth.outlines(Meaning.TUMOUR).stream().map(PolygonEdges::new).toList();
  }

  /**
   * The labels of one region; for many, keep a {@link RegionLabels}.
   *
   * @param centreX0 of the region, level-0 pixels
   * @param centreY0 of the region, level-0 pixels
   * @return nine 0 or 1, row by row from the top left
   */
  public static List<Integer> of(TruthPolygons truth, long centreX0, long centreY0) {
    return new RegionLabels(truth).at(centreX0, centreY0);
  }

  /**
   * The labels of the region around a pixel.
   *
   * @return nine 0 or 1, row by row from the top left
   */
  public List<Integer> at(long centreX0, long centreY0) {
    List<Integer> labels = new ArrayList<>(SIDE * SIDE);
    for (long row = -1; row <= 1; row++) {
      for (long column = -1; column <= 1; column++) {
        labels.add(label(centreX0 + column * CELL, centreY0 + row * CELL));
      }
    }
    return labels;
  }

  private int label(long x0, long y0) {
    return tumour.stream().anyMatch(outline -> outline.holdsOrTouches(x0, y0)) ? 1 : 0;
  }
}
