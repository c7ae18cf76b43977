// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

/** The parts of one cohort: whatever its seed, no two share a slide. */
public enum Split {
  TRAINING,
  VALIDATION,
  TEST;

  /** The seed of this part of the cohort with that seed. */
  public long seed(long cohortSeed) {
    return Noise.hash(cohortSeed, ordinal() + 1L, 61);
  }
}
