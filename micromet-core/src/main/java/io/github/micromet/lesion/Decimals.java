// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.lesion;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as text: the fewest digits that read back as the same double, never an exponent. */
final class Decimals {
  // Any number of up to 15 digits survives a double, and 17 digits name every double.
  private static final int FEWEST = 15;
  private static final int MOST = 17;

  private Decimals() {}

  /** The same on every JDK, which Double.toString is not (JDK-4511638, fixed in 19). */
  static String shortest(double value) {
    if (value == 0) {
      return "0";
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = FEWEST; digits < MOST; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return plain(rounded);
      }
    }
    return plain(exact.round(new MathContext(MOST)));
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }
}
