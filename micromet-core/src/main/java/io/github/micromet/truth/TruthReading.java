// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import io.github.micromet.truth.Annotation.Meaning;
import java.util.Map;
import java.util.Set;

/**
 * How files of truth are understood.
 *
 * @param groups what the groups of outlines mean; none means the usual, {@link Meaning#of}
 * @param allowCrossing whether outlines that cross themselves pass
 * @param maskValues values of a mask's pixels that are tumour
 */
public record TruthReading(
    Map<String, Meaning> groups, boolean allowCrossing, Set<Integer> maskValues) {
  /** The usual groups, no crossing, and 1 (MONAI) or 255 (CAMELYON16) in masks. */
  public static final TruthReading DEFAULT = new TruthReading(Map.of(), false, Set.of(1, 255));

  public TruthReading {
    groups = Map.copyOf(groups);
    maskValues = Set.copyOf(maskValues);
  }

  public TruthReading withGroups(Map<String, Meaning> meanings) {
    return new TruthReading(meanings, allowCrossing, maskValues);
  }

  public TruthReading withCrossing(boolean allowed) {
    return new TruthReading(groups, allowed, maskValues);
  }

  public TruthReading withMaskValue(int value) {
    return new TruthReading(groups, allowCrossing, Set.of(value));
  }
}
