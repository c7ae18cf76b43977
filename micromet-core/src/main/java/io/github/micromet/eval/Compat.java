// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import java.util.Locale;

/** Where MONAI's evaluation has an oddity: its numbers, or the right ones. */
public enum Compat {
  /**
   * As MONAI 1.5: only pixels of the protocol's mask value are tumour, an all-zero mask has a
   * phantom lesion at its first corner, slides without a map are not there.
   */
  MONAI,
  /** Any value that the protocol accepts is tumour, no phantom, every slide with truth counts. */
  CORRECT;

  /** As it is typed. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
