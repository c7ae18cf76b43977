// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import io.github.micromet.slide.SlideNames;
import io.github.micromet.train.label.LabelledRegion.OnSlide;
import io.github.micromet.truth.Annotations;
import io.github.micromet.truth.OutlineCheck;
import io.github.micromet.truth.RegionLabels;
import io.github.micromet.truth.TruthPolygons;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Labels from annotations; each file is read once. A slide without one has no tumour, unless its
 * name says it has: CAMELYON's normal slides have no annotation.
 *
 * <p>Threads: one at a time.
 */
final class AnnotatedSlides {
  private static final String REMEDY =
      "Give the folder of annotations (JSON or XML, named like the slides) with --annotations.";

  private final Optional<Path> folder;
  private final boolean allowCrossing;
  private final Map<Path, RegionLabels> bySlide = new HashMap<>();
  private final TreeSet<String> without = new TreeSet<>();
  private Optional<NamedFiles> files = Optional.empty(); // listed when first needed

  AnnotatedSlides(Optional<Path> folder, boolean allowCrossing) {
    this.folder = folder;
    this.allowCrossing = allowCrossing;
  }

  /** Nine labels of the region around a place, row by row. */
  List<Integer> labels(OnSlide place, SlidePlaces places, Line line) {
    RegionLabels labels = bySlide.get(place.file());
    if (labels == null) {
      labels = new RegionLabels(truth(place.file(), places, line));
      bySlide.put(place.file(), labels);
    }
    return labels.at(place.centreX0(), place.centreY0());
  }

  private TruthPolygons truth(Path slide, SlidePlaces places, Line line) {
    String name = SlideNames.nameOf(slide.getFileName().toString());
    Optional<Path> file = files(line).find(name, line);
    if (file.isEmpty()) {
      if (name.toLowerCase(Locale.ROOT).startsWith("tumor")) {
        throw line.wrong(
            "names the slide " + name + ", which has no annotation in " + files(line).folder(),
            REMEDY);
      }
      without.add(name);
      return TruthPolygons.NONE;
    }
    TruthPolygons truth = Annotations.read(file.get());
    SlidePlaces.Size size = places.size(slide);
    OutlineCheck.refuse(
        file.get(), OutlineCheck.of(truth, size.width(), size.height()), allowCrossing);
    return truth;
  }

  private NamedFiles files(Line line) {
    if (files.isEmpty()) {
      Path in = folder.orElseThrow(() -> line.wrong("has no labels", REMEDY));
      files = Optional.of(new NamedFiles(in, 2, AnnotatedSlides::isAnnotation));
    }
    return files.get();
  }

  private static boolean isAnnotation(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".json") || name.endsWith(".xml");
  }

  /** Which slides count as free of tumour for want of an annotation. */
  List<String> notes() {
    return without.isEmpty()
        ? List.of()
        : List.of(
            without.size()
                + " slides have no annotation and count as free of tumour, the first: "
                + without.first());
  }
}
