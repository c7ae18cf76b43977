// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.choose;

import io.github.micromet.slide.Mpp;
import io.github.micromet.train.label.LabelledRegion;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was chosen from one slide.
 *
 * @param source the slide
 * @param identity of the slide
 * @param mpp of the slide
 * @param tumour regions with tumour, in random order
 * @param normal regions free of tumour, in random order
 * @param notes sentences on its truth and its tissue
 */
public record SlideSample(
    SourceSlide source,
    String identity,
    Optional<Mpp> mpp,
    List<LabelledRegion> tumour,
    List<LabelledRegion> normal,
    List<String> notes) {
  public SlideSample {
    Objects.requireNonNull(source);
    Objects.requireNonNull(identity);
    Objects.requireNonNull(mpp);
    tumour = List.copyOf(tumour);
    normal = List.copyOf(normal);
    notes = List.copyOf(notes);
  }

  /** The first so many of each. */
  SlideSample first(int tumourRegions, int normalRegions) {
    return new SlideSample(
        source,
        identity,
        mpp,
        tumour.subList(0, tumourRegions),
        normal.subList(0, normalRegions),
        notes);
  }
}
