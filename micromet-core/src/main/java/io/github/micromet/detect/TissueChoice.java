// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import io.github.micromet.tissue.TissueRule;

/** Which rule finds the tissue where a slide has no mask of its own. */
public enum TissueChoice {
  /** The reference's rule, better where the reference fails; each difference is noted. */
  DEFAULT,
  /** The reference's rule with its failures. */
  REFERENCE,
  /** No rule: every cell is scored. */
  NONE;

  /** The rule on cells that are the pixels of a level. */
  public TissueRule rule(int level) {
    return switch (this) {
      case DEFAULT -> new TissueRule.Otsu(level, false);
      case REFERENCE -> new TissueRule.Otsu(level, true);
      case NONE -> new TissueRule.Everywhere(level);
    };
  }
}
