// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.stat.LabelledScore;
import io.github.micromet.file.Csv;
import io.github.micromet.slide.SlideNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Whole slides as cases: the score is the highest probability of the slide's map, or of its
 * detections; a slide is positive if its truth holds any tumour, isolated cells too: an outline
 * that encloses an area, or a pixel of a mask that is not 0.
 *
 * @param cases by name
 * @param warnings sentences: what has no score or no truth
 */
public record SlideScores(List<LabelledScore> cases, List<String> warnings) {
  private static final String REMEDY =
      "Give lines of slide,label; a label is 0 or normal, 1, tumor or tumour.";

  private static final Set<String> NAMES = Set.of("slide", "image", "name", "file");

  public SlideScores {
    cases = List.copyOf(cases);
    warnings = List.copyOf(warnings);
  }

  /**
   * By masks or outlines. A slide without a truth file is tumour-free; one with truth but without a
   * map is scored 0, and a warning says so.
   *
   * @param begun is told each slide's name before it is read
   * @throws MicrometException of kind USAGE if there are no maps or detections; of kind INPUT if a
   *     file cannot be read
   */
  public static SlideScores ofTruth(FrocInputs inputs, Consumer<String> begun) {
    TruthFolder truth = TruthFolder.of(inputs.truth());
    Map<String, LabelledScore> cases = new TreeMap<>();
    List<String> warnings = new ArrayList<>();
    for (Path file : inputs.files()) {
      String fileName = file.getFileName().toString();
      String name = inputs.source().slide(fileName);
      begun.accept(name);
      boolean tumour =
          truth.find(fileName, name).map(f -> TumourPresence.in(f, warnings::add)).orElse(false);
      cases.put(key(name), new LabelledScore(name, score(file, inputs.source()), tumour));
    }
    for (String name : truth.slides()) {
      if (!cases.containsKey(key(name))) {
        begun.accept(name);
        Path file = truth.find(name + ".npy", name).orElseThrow();
        boolean tumour = TumourPresence.in(file, warnings::add);
        cases.put(key(name), new LabelledScore(name, 0, tumour));
        warnings.add(name + " has truth but no map and is scored 0.");
      }
    }
    return new SlideScores(List.copyOf(cases.values()), warnings);
  }

  /**
   * By a list of slide,label, with a heading or without; names may have an extension. A slide that
   * is not listed is left out; one that is listed but has no map is scored 0. Warnings say so.
   *
   * @throws MicrometException of kind USAGE if a line is wrong, with its number, or the folder has
   *     no maps or detections
   */
  public static SlideScores ofLabels(Path folder, DetectionSource source, Path labels) {
    Map<String, Boolean> listed = labels(labels);
    Map<String, LabelledScore> cases = new TreeMap<>();
    List<String> warnings = new ArrayList<>();
    for (Path file : FrocInputs.files(folder, source)) {
      String name = source.slide(file.getFileName().toString());
      Optional<Boolean> tumour = Optional.ofNullable(listed.get(key(name)));
      if (tumour.isPresent()) {
        cases.put(key(name), new LabelledScore(name, score(file, source), tumour.get()));
      } else {
        warnings.add(name + " has no label in " + labels.getFileName() + " and is left out.");
      }
    }
    listed.forEach(
        (name, tumour) -> {
          if (!cases.containsKey(name)) {
            cases.put(name, new LabelledScore(name, 0, tumour));
            warnings.add(name + " has a label but no map and is scored 0.");
          }
        });
    return new SlideScores(List.copyOf(cases.values()), warnings);
  }

  private static double score(Path file, DetectionSource source) {
    return switch (source) {
      case MAPS -> Arrays.stream(DetectionFiles.map(file).values()).max().orElse(0);
      case DETECTIONS, CHALLENGE ->
          DetectionFiles.read(file).stream().mapToDouble(ScoredPoint::probability).max().orElse(0);
    };
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Map<String, Boolean> labels(Path file) {
    Map<String, Boolean> labels = new TreeMap<>();
    List<String> lines = Csv.lines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      List<String> fields = Csv.fields(lines.get(i));
      if (i == 0 && isHeading(fields)) {
        continue;
      }
      String subject = file + " line " + (i + 1);
      if (fields.size() < 2) {
        throw wrong(subject, "has " + fields.size() + " columns, not 2");
      }
      Path slide = Path.of(fields.get(0));
      String name = SlideNames.fits(slide) ? SlideNames.nameOf(fields.get(0)) : fields.get(0);
      Boolean before = labels.put(key(name), label(subject, fields.get(1)));
      if (before != null) {
        throw wrong(subject, "names " + name + " a second time");
      }
    }
    if (labels.isEmpty()) {
      throw wrong(file.toString(), "names no slide");
    }
    return labels;
  }

  /** A heading such as image,tumour must not become a positive slide. */
  private static boolean isHeading(List<String> fields) {
    if (fields.size() < 2) {
      return false;
    }
    String label = fields.get(1).toLowerCase(Locale.ROOT);
    return label.equals("label")
        || NAMES.contains(fields.get(0).toLowerCase(Locale.ROOT))
            && !label.equals("0")
            && !label.equals("1");
  }

  private static boolean label(String subject, String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "0", "normal" -> false;
      case "1", "tumor", "tumour" -> true;
      default -> throw wrong(subject, "has the label '" + word + "'");
    };
  }

  private static MicrometException wrong(String subject, String problem) {
    return new MicrometException(ErrorKind.USAGE, subject, problem, REMEDY);
  }
}
