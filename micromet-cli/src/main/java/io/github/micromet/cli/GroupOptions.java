// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.truth.Annotation;
import io.github.micromet.truth.Annotation.Meaning;
import io.github.micromet.truth.TruthPolygons;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What the groups of an annotation file mean, of every command that reads outlines. */
final class GroupOptions {
  @Option(
      names = "--groups",
      paramLabel = "GROUP=MEANING",
      split = ",",
      converter = {OfGroup.class, OfMeaning.class},
      description = {
        "What the groups of the annotations mean, tumour or excluded, comma between; all others then"
            + " mean nothing (default: _0, _1, Tumor, metastases, positive are tumour; _2,"
            + " Exclusion, normal, negative are excluded)."
      })
  private Map<String, Meaning> groups = new LinkedHashMap<>();

  static final class OfGroup implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return text;
    }
  }

  static final class OfMeaning implements ITypeConverter<Meaning> {
    @Override
    public Meaning convert(String text) {
      return switch (text) {
        case "tumour" -> Meaning.TUMOUR;
        case "excluded" -> Meaning.EXCLUDED;
        default ->
            throw new TypeConversionException("'" + text + "' is not one of tumour, excluded");
      };
    }
  }

  /** The groups given; none means the usual ones. */
  Map<String, Meaning> groups() {
    return groups;
  }

  TruthPolygons applyTo(TruthPolygons truth) {
    return groups.isEmpty() ? truth : truth.regrouped(groups);
  }

  /** What a person should know of outlines that were left out. */
  List<String> notes(TruthPolygons truth) {
    List<String> notes = new ArrayList<>();
    List<Annotation> others =
        truth.annotations().stream().filter(a -> a.meaning() == Meaning.OTHER).toList();
    if (!others.isEmpty()) {
      String names =
          others.stream()
              .map(Annotation::group)
              .collect(Collectors.toCollection(TreeSet::new))
              .stream()
              .collect(Collectors.joining(", "));
      notes.add(
          others.size()
              + " outlines of group "
              + names
              + " mean nothing here and were left out; --groups gives them a meaning");
    }
    if (truth.outlines(Meaning.TUMOUR).isEmpty()) {
      notes.add("no outline means tumour: nothing but zeros");
    }
    return notes;
  }
}
