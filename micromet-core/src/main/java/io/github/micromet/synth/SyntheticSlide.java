// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One slide of a cohort on the disk.
 *
 * @param name e.g. {@code tumor_001}
 * @param image the pyramid
 * @param mask 1 where tumour is; absent for a normal slide
 * @param annotations ASAP XML; absent for a normal slide
 * @param lesions largest first
 */
public record SyntheticSlide(
    String name,
    Path image,
    Optional<Path> mask,
    Optional<Path> annotations,
    List<SyntheticLesion> lesions) {
  public SyntheticSlide {
    lesions = List.copyOf(lesions);
  }
}
