// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import java.util.Locale;
import java.util.Objects;
import org.locationtech.jts.geom.Polygon;

/**
 * One outline that a person drew.
 *
 * @param name as in the file, e.g. {@code Annotation 0}
 * @param group as in the file, e.g. {@code _0} or {@code metastases}; {@code None} without one
 * @param outline in level-0 pixels, x then y; a pixel's centre is at +0.5. Real outlines may cross
 *     themselves
 */
public record Annotation(String name, String group, Polygon outline) {
  /** What a group says of its outlines. */
  public enum Meaning {
    /** Tumour. */
    TUMOUR,
    /** Not tumour, though inside an outline of tumour. */
    EXCLUDED,
    /** Neither: regions of interest, drawings without a group. */
    OTHER
  }

  public Annotation {
    Objects.requireNonNull(name);
    Objects.requireNonNull(group);
    Objects.requireNonNull(outline);
  }

  /**
   * By the groups of CAMELYON16 ({@code Tumor}, {@code Exclusion}; in its later release {@code _0},
   * {@code _1} tumour and {@code _2} not) and CAMELYON17 ({@code metastases}, {@code normal}).
   */
  public Meaning meaning() {
    return switch (group.toLowerCase(Locale.ROOT)) {
      case "_0", "_1", "tumor", "metastases" -> Meaning.TUMOUR;
      case "_2", "exclusion", "normal" -> Meaning.EXCLUDED;
      default -> Meaning.OTHER;
    };
  }
}
