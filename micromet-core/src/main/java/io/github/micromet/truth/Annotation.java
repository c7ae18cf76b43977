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
 * @param line where it begins in the file, from 1; 0 if unknown
 */
public record Annotation(String name, String group, Polygon outline, int line) {
  /** What a group says of its outlines. */
  public enum Meaning {
    /** Tumour. */
    TUMOUR,
    /** Not tumour, though inside an outline of tumour. */
    EXCLUDED,
    /** Neither: regions of interest, drawings without a group. */
    OTHER;

    /**
     * By the groups of CAMELYON16 ({@code Tumor}, {@code Exclusion}; in its later release {@code
     * _0}, {@code _1} tumour and {@code _2} not), of CAMELYON17 ({@code metastases}, {@code
     * normal}) and of NCRF ({@code positive}, {@code negative}).
     */
    public static Meaning of(String group) {
      return switch (group.toLowerCase(Locale.ROOT)) {
        case "_0", "_1", "tumor", "metastases", "positive" -> TUMOUR;
        case "_2", "exclusion", "normal", "negative" -> EXCLUDED;
        default -> OTHER;
      };
    }
  }

  public Annotation {
    Objects.requireNonNull(name);
    Objects.requireNonNull(group);
    Objects.requireNonNull(outline);
  }

  /** One that comes from no file. */
  public Annotation(String name, String group, Polygon outline) {
    this(name, group, outline, 0);
  }

  /** What its group says; see {@link Meaning#of}. */
  public Meaning meaning() {
    return Meaning.of(group);
  }
}
