// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.truth.Annotation.Meaning;
import io.github.micromet.truth.TruthPolygons;
import java.util.LinkedHashMap;
import java.util.Map;
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
}
