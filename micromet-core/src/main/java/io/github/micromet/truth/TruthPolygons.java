// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import io.github.micromet.truth.Annotation.Meaning;
import java.util.List;
import java.util.Map;
import org.locationtech.jts.geom.Polygon;

/**
 * All outlines of one slide.
 *
 * @param annotations in the order of the file
 * @param open drawings that should be outlines and enclose nothing, in the order of the file
 */
public record TruthPolygons(List<Annotation> annotations, List<OpenOutline> open) {
  /** No tumour at all. */
  public static final TruthPolygons NONE = new TruthPolygons(List.of());

  public TruthPolygons {
    annotations = List.copyOf(annotations);
    open = List.copyOf(open);
  }

  /** Outlines that all enclose something. */
  public TruthPolygons(List<Annotation> annotations) {
    this(annotations, List.of());
  }

  /** The outlines of that meaning. */
  public List<Polygon> outlines(Meaning meaning) {
    return annotations.stream()
        .filter(annotation -> annotation.meaning() == meaning)
        .map(Annotation::outline)
        .toList();
  }

  /**
   * The same outlines with other meanings: each group named in the map becomes {@code Tumor},
   * {@code Exclusion} or {@code None}, every other group {@code None}.
   */
  public TruthPolygons regrouped(Map<String, Meaning> groups) {
    return new TruthPolygons(
        annotations.stream()
            .map(a -> new Annotation(a.name(), group(groups, a.group()), a.outline(), a.line()))
            .toList(),
        open.stream()
            .map(
                o ->
                    new OpenOutline(
                        o.name(), group(groups, o.group()), o.type(), o.points(), o.line()))
            .toList());
  }

  private static String group(Map<String, Meaning> groups, String group) {
    return switch (groups.getOrDefault(group, Meaning.OTHER)) {
      case TUMOUR -> "Tumor";
      case EXCLUDED -> "Exclusion";
      case OTHER -> "None";
    };
  }

  /** The mask: 1 inside a tumour outline and outside all excluded ones. */
  public PolygonRaster raster() {
    return new PolygonRaster(outlines(Meaning.TUMOUR), outlines(Meaning.EXCLUDED));
  }

  /** The largest x of all outlines, in level-0 pixels; 0 without any. */
  public double right() {
    return annotations.stream()
        .mapToDouble(each -> each.outline().getEnvelopeInternal().getMaxX())
        .reduce(0, Math::max);
  }

  /** The largest y of all outlines, in level-0 pixels; 0 without any. */
  public double bottom() {
    return annotations.stream()
        .mapToDouble(each -> each.outline().getEnvelopeInternal().getMaxY())
        .reduce(0, Math::max);
  }

  /** Whether any outline of tumour encloses an area. */
  public boolean holdsTumour() {
    return outlines(Meaning.TUMOUR).stream().anyMatch(outline -> outline.getArea() > 0);
  }
}
