// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import io.github.micromet.truth.Annotation.Meaning;
import java.util.List;
import org.locationtech.jts.geom.Polygon;

/**
 * All outlines of one slide.
 *
 * @param annotations in the order of the file
 */
public record TruthPolygons(List<Annotation> annotations) {
  public TruthPolygons {
    annotations = List.copyOf(annotations);
  }

  /** The outlines of that meaning. */
  public List<Polygon> outlines(Meaning meaning) {
    return annotations.stream()
        .filter(annotation -> annotation.meaning() == meaning)
        .map(Annotation::outline)
        .toList();
  }

  /** The mask: 1 inside a tumour outline and outside all excluded ones. */
  public PolygonRaster raster() {
    return new PolygonRaster(outlines(Meaning.TUMOUR), outlines(Meaning.EXCLUDED));
  }
}
