// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import io.github.micromet.lesion.Detection;
import io.github.micromet.lesion.Lesion;
import io.github.micromet.run.Provenance;
import io.github.micromet.run.SlideSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code NAME.geojson}: lesions as polygons and detections as points, both annotations, so that
 * QuPath lists them by name and jumps to them on a click. Coordinates are level-0 pixels.
 *
 * <p>Source: RFC 7946; QuPath 0.8's reader (annotations keep their UUID, class, colour and
 * measurements; an {@code objectType} it does not know becomes an annotation with a warning).
 *
 * <p>Threads: stateless.
 */
public final class GeoJsonReport {
  private GeoJsonReport() {}

  /**
   * Writes the file, whole or not at all. The same findings give the same bytes; a slide without
   * findings gets a valid collection without features.
   *
   * @param lesions in the order of their names, {@code Lesion 1} first
   * @param detections in the order of their names, {@code Detection 1} first
   * @throws MicrometException of kind RESOURCE if the file cannot be written
   */
  public static void write(
      Path file,
      SlideSource slide,
      Provenance by,
      List<Lesion> lesions,
      List<Detection> detections) {
    AtomicFiles.write(
        file,
        out -> {
          try (FeatureStream features =
              new FeatureStream(out, slide.identity(), origin(slide, by))) {
            writeLesions(features, lesions);
            writeDetections(features, detections);
          }
        });
  }

  private static void writeLesions(FeatureStream features, List<Lesion> lesions)
      throws IOException {
    for (int i = 0; i < lesions.size(); i++) {
      Lesion lesion = lesions.get(i);
      Map<String, Number> measured = new LinkedHashMap<>();
      measured.put("Max probability", lesion.maxProbability());
      measured.put("Mean probability", lesion.meanProbability());
      measured.put("Cells", lesion.cells());
      // Not "Area µm^2": QuPath shows a measurement of that name of its own.
      lesion.areaUm2().ifPresent(area -> measured.put("Lesion area µm^2", area));
      lesion.longestUm().ifPresent(longest -> measured.put("Longest extent µm", longest));
      // QuPath's own name and colour for this class.
      features.polygon(
          lesion.outline(),
          new FeatureStream.Look("Lesion " + (i + 1), "Tumor", 200, 0, 0),
          measured);
    }
  }

  private static void writeDetections(FeatureStream features, List<Detection> detections)
      throws IOException {
    for (int i = 0; i < detections.size(); i++) {
      Detection detection = detections.get(i);
      features.point(
          detection.x0(),
          detection.y0(),
          new FeatureStream.Look("Detection " + (i + 1), "Tumor detection", 255, 180, 0),
          Map.of("Probability", detection.probability()));
    }
  }

  private static Map<String, Object> origin(SlideSource slide, Provenance by) {
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put("version", by.software().micromet());
    origin.put("slide", slide.name());
    origin.put("slideIdentity", slide.identity());
    origin.put("model", by.model().name());
    origin.put("modelSha256", by.model().sha256());
    origin.put("coordinates", "pixels of level 0, x right, y down");
    origin.put("use", "research only, not for diagnosis");
    origin.put("labels", by.labels());
    return origin;
  }
}
