// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

/**
 * What varies in the looks of slides and of places in one slide when a cohort asks for variety, so
 * that no colour tells tumour from other tissue: the ground of the node, of its follicles and of a
 * tumour has one tint that drifts over the slide; the nuclei of all three run over the same tints,
 * dark in one place and pale in another, and lie closer or wider; each slide is stained by itself.
 * What remains of a tumour is the size, the outline and the arrangement of its nuclei. With a
 * variety of 0 every kind of tissue keeps its own {@link Tint}.
 *
 * <p>Threads: safe for many.
 */
final class Looks {
  /** Which nuclei a field of tints is drawn for; each kind has its own field of equal spread. */
  enum Nuclei {
    LYMPHOCYTE,
    CENTROBLAST,
    TUMOUR
  }

  private static final double DRIFT_UM = 260; // as wide as a follicle or a small lesion
  private static final double FLECK_UM = 90;

  private final long seed;
  private final double variety;

  /**
   * @param seed of the slide
   * @param variety 0 for none, 1 for all of it
   */
  Looks(long seed, double variety) {
    this.seed = seed;
    this.variety = variety;
  }

  double variety() {
    return variety;
  }

  /** True if every kind of tissue keeps its own colours. */
  boolean plain() {
    return variety == 0;
  }

  /** 0 for the light ground of lymphocytes, 1 for the darker one that a plain tumour has. */
  double ground(double x, double y) {
    return field(0, x, y);
  }

  /** The tint of one nucleus: 0 as dark as a plain lymphocyte, 1 as pale as a plain tumour cell. */
  double pallor(Nuclei kind, long hash, double x, double y) {
    double own = 0.3 * (Noise.part(hash, 8) - 0.5);
    return clamp(field(10 + kind.ordinal(), x, y) + own);
  }

  /** The share of places for nuclei that are taken, between a least and a most. */
  double density(Nuclei kind, double x, double y, double plain) {
    double least = plain * (1 - 0.4 * variety);
    return least + (plain * 1.04 - least) * field(20 + kind.ordinal(), x, y);
  }

  /** A field of 0..1 that drifts within the slide, around a level that is the slide's own. */
  private double field(int which, double x, double y) {
    long own = Noise.hash(seed, which, 31);
    double level = 0.5 + 0.5 * (Noise.part(own, 0) - 0.5);
    double drift = 0.75 * Noise.smooth(own, x / DRIFT_UM, y / DRIFT_UM);
    return clamp(level + drift + 0.25 * Noise.smooth(own + 1, x / FLECK_UM, y / FLECK_UM));
  }

  private static double clamp(double value) {
    return Math.max(0, Math.min(1, value));
  }
}
