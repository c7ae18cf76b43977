// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.slide.SlideNames;
import java.nio.file.Path;
import java.util.List;

/**
 * The names of a slide's files in a run folder.
 *
 * @param map {@code NAME.npy}
 * @param detections {@code NAME.detections.csv}
 * @param geoJson {@code NAME.geojson}
 * @param heatmap {@code NAME.heatmap.png}
 * @param record {@code NAME.run.json}
 */
public record SlideFiles(Path map, Path detections, Path geoJson, Path heatmap, Path record) {
  /** How the names of a Micromet command's files end, those of {@code tissue} too. */
  static final List<String> ENDINGS =
      List.of(".npy", ".detections.csv", ".geojson", ".heatmap.png", ".run.json", ".tissue.png");

  static SlideFiles in(Path folder, String slideName) {
    String name = nameOf(slideName);
    return new SlideFiles(
        folder.resolve(name + ".npy"),
        folder.resolve(name + ".detections.csv"),
        folder.resolve(name + ".geojson"),
        folder.resolve(name + ".heatmap.png"),
        folder.resolve(recordOf(slideName)));
  }

  /** The name of a slide's record. */
  static String recordOf(String slideName) {
    return nameOf(slideName) + ".run.json";
  }

  /** All of them, the record last: while it is there, the others are whole. */
  public List<Path> all() {
    return List.of(map, detections, geoJson, heatmap, record);
  }

  /** NAME of a slide; see {@link SlideNames#nameOf}. */
  public static String nameOf(String slideName) {
    return SlideNames.nameOf(slideName);
  }
}
