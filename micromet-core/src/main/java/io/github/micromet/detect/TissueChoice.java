// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

/** Which rule finds the tissue where a slide has no mask of its own. */
public enum TissueChoice {
  /** The reference's rule, better where the reference fails; each difference is noted. */
  DEFAULT,
  /** The reference's rule with its failures. */
  REFERENCE,
  /** No rule: every cell is scored. */
  NONE
}
