// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import io.github.micromet.eval.stat.Interval;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An evaluation, whole: what `micromet froc` prints, writes and draws.
 *
 * @param protocol name and version, e.g. {@code monai-48 1}
 * @param compat {@code monai} or {@code correct}
 * @param curve all points
 * @param score mean sensitivity at the protocol's rates; NaN without targets
 * @param interval of the score, by slides drawn again; empty if not asked for
 * @param rates false positives a slide at which sensitivity is read
 * @param sensitivities at those rates
 * @param slides one each, by name
 * @param lesions by slide and label
 * @param falsePositives highest probability first
 * @param warnings sentences: where the score differs from the correct one, or from the reference's
 */
public record FrocResult(
    String protocol,
    String compat,
    FrocCurve curve,
    double score,
    Optional<Interval> interval,
    List<Double> rates,
    List<Double> sensitivities,
    List<SlideScore> slides,
    List<LesionResult> lesions,
    List<FalsePositive> falsePositives,
    List<String> warnings) {
  public FrocResult {
    Objects.requireNonNull(protocol);
    Objects.requireNonNull(compat);
    Objects.requireNonNull(curve);
    Objects.requireNonNull(interval);
    rates = List.copyOf(rates);
    sensitivities = List.copyOf(sensitivities);
    slides = List.copyOf(slides);
    lesions = List.copyOf(lesions);
    falsePositives = List.copyOf(falsePositives);
    warnings = List.copyOf(warnings);
  }
}
