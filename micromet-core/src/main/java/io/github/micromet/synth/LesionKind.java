// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

/** Kinds of metastasis by longest extent, as the pN staging that CAMELYON uses has them. */
public enum LesionKind {
  /** Longer than 2 mm. */
  MACRO(2150, 2700),
  /** Longer than 0.2 mm, up to 2 mm. */
  MICRO(320, 1100),
  /** Isolated tumour cells: up to 0.2 mm. */
  ITC(70, 180);

  private static final double MACRO_UM = 2000;
  private static final double MICRO_UM = 200;

  /** The smallest and largest extent that is drawn here, well off the borders of the kind. */
  final double leastUm;

  final double mostUm;

  LesionKind(double leastUm, double mostUm) {
    this.leastUm = leastUm;
    this.mostUm = mostUm;
  }

  /** The kind of a lesion of that longest extent in micrometres. */
  public static LesionKind of(double longestUm) {
    if (longestUm > MACRO_UM) {
      return MACRO;
    }
    return longestUm > MICRO_UM ? MICRO : ITC;
  }
}
