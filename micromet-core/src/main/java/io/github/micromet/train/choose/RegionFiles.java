// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.choose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import io.github.micromet.file.Csv;
import io.github.micromet.file.Folders;
import io.github.micromet.run.Sha256;
import io.github.micromet.run.Software;
import io.github.micromet.slide.SlideNames;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.LabelledRegion.OnSlide;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files of chosen regions. */
final class RegionFiles {
  static final String TRAINING = "training.csv";
  static final String VALIDATION = "validation.csv";
  static final String RECORD = "patches.json";

  private static final int SIDE = 3;

  private RegionFiles() {}

  static List<Path> write(Path folder, SampledRegions regions) {
    Folders.make(folder);
    List<Path> files = new ArrayList<>();
    files.add(folder.resolve(TRAINING));
    AtomicFiles.write(files.get(0), csv(regions.trainingRegions()));
    if (!regions.validation().isEmpty()) {
      files.add(folder.resolve(VALIDATION));
      AtomicFiles.write(files.get(1), csv(regions.validationRegions()));
    }
    Path record = folder.resolve(RECORD);
    AtomicFiles.write(record, json(regions));
    files.add(record);
    return files;
  }

  /** No header; name, x and y of the centre, nine labels column by column, as the reference's. */
  static String csv(List<LabelledRegion> regions) {
    StringBuilder csv = new StringBuilder();
    for (LabelledRegion region : regions) {
      OnSlide at = (OnSlide) region.place();
      csv.append(Csv.field(SlideNames.nameOf(at.file().getFileName().toString())));
      csv.append(',').append(at.centreX0()).append(',').append(at.centreY0());
      for (int column = 0; column < SIDE; column++) {
        for (int row = 0; row < SIDE; row++) {
          csv.append(',').append(region.labels().get(row * SIDE + column));
        }
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  private static String json(SampledRegions regions) {
    SamplingOptions options = regions.options();
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("format", "micromet-patches");
    record.put("formatVersion", 1);
    Software software = Software.current(new TreeMap<>());
    record.put("micromet", software.micromet());
    software.commit().ifPresent(commit -> record.put("commit", commit));
    record.put("region", SlideSampler.REGION);
    record.put("labels", "NCRF: centre of each 256-pixel cell, column by column");
    record.put("tumour", options.tumour());
    record.put("normal", options.normal());
    record.put("total", options.total());
    record.put("validation", options.validation());
    record.put("seed", options.seed());
    record.put("tissue", options.tissue().toString());
    Map<String, String> groups = new TreeMap<>();
    options.truth().groups().forEach((g, m) -> groups.put(g, m.name().toLowerCase(Locale.ROOT)));
    record.put("groups", groups);
    record.put("allowCrossing", options.truth().allowCrossing());
    record.put("maskValues", new TreeSet<>(options.truth().maskValues()));
    record.put("notes", regions.notes());
    List<Map<String, Object>> slides = new ArrayList<>();
    regions.training().forEach(sample -> slides.add(slide(sample, "training")));
    regions.validation().forEach(sample -> slides.add(slide(sample, "validation")));
    record.put("slides", slides);
    try {
      DefaultIndenter lines = new DefaultIndenter("  ", "\n");
      return new ObjectMapper()
              .writer(new DefaultPrettyPrinter().withObjectIndenter(lines))
              .writeValueAsString(record)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain maps have JSON", e);
    }
  }

  private static Map<String, Object> slide(SlideSample sample, String part) {
    Map<String, Object> slide = new LinkedHashMap<>();
    slide.put("name", sample.source().name());
    slide.put("part", part);
    // Names only: folders of the machine never enter a file.
    slide.put("file", sample.source().file().getFileName().toString());
    slide.put("identity", sample.identity());
    sample.mpp().ifPresent(mpp -> slide.put("mpp", List.of(mpp.x(), mpp.y())));
    if (sample.source().truth().isPresent()) {
      Path truth = sample.source().truth().get();
      slide.put("truth", truth.getFileName().toString());
      slide.put("truthSha256", hash(truth));
    }
    slide.put("tumour", sample.tumour().size());
    slide.put("normal", sample.normal().size());
    return slide;
  }

  private static String hash(Path file) {
    try {
      return Sha256.of(file);
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
