// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import io.github.micromet.lesion.Detection;
import io.github.micromet.lesion.DetectionsCsv;
import io.github.micromet.lesion.Lesion;
import io.github.micromet.map.NpyFile;
import io.github.micromet.map.ProbabilityMap;
import io.github.micromet.report.Caption;
import io.github.micromet.report.GeoJsonReport;
import io.github.micromet.report.Heatmap;
import io.github.micromet.report.Thumbnail;
import io.github.micromet.run.OutputFile;
import io.github.micromet.run.Provenance;
import io.github.micromet.run.SlideFiles;
import io.github.micromet.run.SlideRecord;
import io.github.micromet.run.SlideSource;
import io.github.micromet.slide.Slide;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of one slide, the record last: while it is there, the others are whole.
 *
 * @param files their names
 * @param source the slide, for their words
 * @param provenance everything else they come from
 */
record SlideReport(SlideFiles files, SlideSource source, Provenance provenance) {
  private static final int THUMBNAIL_EDGE = 1024;

  /**
   * What was written.
   *
   * @param files all but the record
   * @param warnings sentences, where a picture could not be drawn
   */
  record Written(List<OutputFile> files, List<String> warnings) {}

  Written write(Slide slide, ProbabilityMap map, List<Detection> detections, List<Lesion> lesions) {
    NpyFile.write(map, files.map());
    DetectionsCsv.write(detections, slide.info().mpp(), files.detections());
    GeoJsonReport.write(files.geoJson(), source, provenance, lesions, detections);
    List<Path> written = new ArrayList<>(List.of(files.map(), files.detections(), files.geoJson()));
    List<String> warnings = new ArrayList<>();
    Optional<String> noPicture = Heatmap.unavailable();
    if (noPicture.isPresent()) {
      warnings.add("No picture was drawn: " + noPicture.get() + ".");
    } else {
      Thumbnail thumbnail = Thumbnail.of(slide, THUMBNAIL_EDGE);
      Heatmap.write(
          files.heatmap(),
          thumbnail,
          map,
          lesions,
          detections,
          Caption.of(source.name(), slide.info().mpp(), provenance));
      written.add(files.heatmap());
    }
    return new Written(written.stream().map(OutputFile::of).toList(), warnings);
  }

  void finish(SlideRecord record) {
    record.write(files.record());
  }
}
