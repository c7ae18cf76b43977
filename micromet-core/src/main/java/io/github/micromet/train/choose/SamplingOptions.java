// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.choose;

import io.github.micromet.slide.Mpp;
import io.github.micromet.tissue.TissueRule;
import io.github.micromet.truth.TruthReading;
import java.util.Objects;
import java.util.Optional;

/**
 * How many regions are chosen, and by what.
 *
 * @param tumour regions around a pixel of tumour
 * @param normal regions without any tumour among their nine cells
 * @param total whether these are numbers of all slides together; else of each slide
 * @param validation part of the slides that go to validation, 0 to below 1; never a part of one
 * @param seed the same seed, slides and options give the same regions
 * @param tissue by which tissue is found
 * @param truth how files of truth are understood
 * @param mpp replaces the files' spacing when present; recorded, the regions are the same
 */
public record SamplingOptions(
    int tumour,
    int normal,
    boolean total,
    double validation,
    long seed,
    TissueRule tissue,
    TruthReading truth,
    Optional<Mpp> mpp) {
  /** 100 and 100 of each slide, no validation, tissue of level 6. */
  public static final SamplingOptions DEFAULT =
      new SamplingOptions(
          100,
          100,
          false,
          0,
          1,
          new TissueRule.Otsu(6, false),
          TruthReading.DEFAULT,
          Optional.empty());

  public SamplingOptions {
    Objects.requireNonNull(tissue);
    Objects.requireNonNull(truth);
    Objects.requireNonNull(mpp);
    if (tumour < 0 || normal < 0 || (long) tumour + normal == 0) {
      throw new IllegalArgumentException(
          "the numbers of regions are not negative and not both 0: " + tumour + ", " + normal);
    }
    if (!(validation >= 0 && validation < 1)) {
      throw new IllegalArgumentException(
          "the part for validation is 0 to below 1, not " + validation);
    }
  }

  /** Other numbers of regions for each slide. */
  public SamplingOptions withEachSlide(int tumourRegions, int normalRegions) {
    return new SamplingOptions(
        tumourRegions, normalRegions, false, validation, seed, tissue, truth, mpp);
  }

  /** Other numbers of regions for all slides together, spread as evenly as there is room. */
  public SamplingOptions withTotal(int tumourRegions, int normalRegions) {
    return new SamplingOptions(
        tumourRegions, normalRegions, true, validation, seed, tissue, truth, mpp);
  }

  public SamplingOptions withValidation(double part) {
    return new SamplingOptions(tumour, normal, total, part, seed, tissue, truth, mpp);
  }

  public SamplingOptions withSeed(long value) {
    return new SamplingOptions(tumour, normal, total, validation, value, tissue, truth, mpp);
  }

  public SamplingOptions withTissue(TissueRule rule) {
    return new SamplingOptions(tumour, normal, total, validation, seed, rule, truth, mpp);
  }

  public SamplingOptions withTruth(TruthReading reading) {
    return new SamplingOptions(tumour, normal, total, validation, seed, tissue, reading, mpp);
  }

  public SamplingOptions withMpp(Optional<Mpp> spacing) {
    return new SamplingOptions(tumour, normal, total, validation, seed, tissue, truth, spacing);
  }
}
