// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.train.label.LabelledRegion.Place;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with whole lists, or strange. Threads: stateless. */
final class ListChecks {
  private ListChecks() {}

  /** Refuses lists that nothing can be learnt from and notes what is strange. */
  static void check(Gathered all, String remedy) {
    if (all.training.isEmpty()) {
      throw new MicrometException(ErrorKind.INPUT, "training", "has no labelled place", remedy);
    }
    long positive = positive(all.training);
    long labels = labels(all.training);
    if (positive == 0 || positive == labels) {
      Line first = all.training.get(0).line();
      throw new MicrometException(
          ErrorKind.INPUT,
          first.file().toString(),
          "all " + labels + " labels of the training are " + (positive == 0 ? 0 : 1),
          "A training needs places of both classes.");
    }
    if (!all.validation.isEmpty()) {
      long valid = positive(all.validation);
      if (valid == 0 || valid == labels(all.validation)) {
        all.notes.add("All labels of the validation are " + (valid == 0 ? 0 : 1) + ".");
      }
    }
    noteTwins(all.training, "The training", all.notes);
    noteTwins(all.validation, "The validation", all.notes);
    noteShared(all);
  }

  private static long positive(List<Found> found) {
    return found.stream().flatMap(f -> f.region().labels().stream()).filter(l -> l == 1).count();
  }

  private static long labels(List<Found> found) {
    return found.stream().mapToLong(f -> f.region().labels().size()).sum();
  }

  private static void noteTwins(List<Found> found, String list, List<String> notes) {
    Map<Place, Line> seen = new HashMap<>();
    int twins = 0;
    String first = "";
    for (Found one : found) {
      Line earlier = seen.putIfAbsent(one.region().place(), one.line());
      if (earlier != null && twins++ == 0) {
        first = where(one.line()) + " as " + where(earlier);
      }
    }
    if (twins > 0) {
      notes.add(list + " has " + twins + " places that were named before, the first: " + first);
    }
  }

  private static String where(Line line) {
    return line.number() == 0 ? line.file().toString() : line.file() + " line " + line.number();
  }

  private static void noteShared(Gathered all) {
    Set<Path> files = new HashSet<>();
    all.training.forEach(found -> files.add(found.region().place().file()));
    List<Path> shared =
        all.validation.stream()
            .map(found -> found.region().place().file())
            .distinct()
            .filter(files::contains)
            .toList();
    if (!shared.isEmpty()) {
      notes(all, shared);
    }
  }

  private static void notes(Gathered all, List<Path> shared) {
    all.notes.add(
        "Training and validation share "
            + shared.size()
            + (shared.size() == 1 ? " file (" : " files (the first: ")
            + shared.get(0).getFileName()
            + "): the validation will look better than it is.");
  }
}
