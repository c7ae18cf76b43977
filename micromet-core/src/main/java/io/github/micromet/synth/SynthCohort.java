// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

import java.nio.file.Path;
import java.util.List;

/**
 * What was written.
 *
 * @param folder holds images/, masks/, annotations/, manifest.csv, lesions.csv, README.txt
 * @param slides tumour slides first
 * @param manifest CSV: slide, mpp
 * @param lesions CSV: slide, lesion, kind, longest_um, area_um2, x0, y0
 */
public record SynthCohort(Path folder, List<SyntheticSlide> slides, Path manifest, Path lesions) {
  public SynthCohort {
    slides = List.copyOf(slides);
  }
}
