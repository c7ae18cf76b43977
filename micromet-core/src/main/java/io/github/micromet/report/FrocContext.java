// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.eval.FrocBand;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a page of an evaluation tells beside its numbers.
 *
 * @param title of the page
 * @param slides the slides' files by the names in the result, for pictures; those that are absent
 *     have no picture, and the page says so
 * @param parameters name and value, in this order
 * @param hashes file and SHA-256, in this order
 * @param band of the curve, if slides were drawn again
 */
public record FrocContext(
    String title,
    Map<String, Path> slides,
    Map<String, String> parameters,
    Map<String, String> hashes,
    Optional<FrocBand> band) {
  public FrocContext {
    Objects.requireNonNull(title);
    Objects.requireNonNull(band);
    slides = Map.copyOf(slides);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    hashes = Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
  }

  /** A title and nothing else. */
  public static FrocContext titled(String title) {
    return new FrocContext(title, Map.of(), Map.of(), Map.of(), Optional.empty());
  }
}
