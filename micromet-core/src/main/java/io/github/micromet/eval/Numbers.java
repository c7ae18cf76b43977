// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import java.math.BigDecimal;
import java.math.MathContext;

/** Doubles as text, the same on every Java. Threads: stateless. */
public final class Numbers {
  // Any number of up to 15 digits survives a double, and 17 digits name every double.
  private static final int MOST_DIGITS = 17;
  private static final double PLAIN_FROM = 1e-4;
  private static final double PLAIN_BELOW = 1e16;

  private Numbers() {}

  /**
   * As Python's repr writes it: the fewest digits that read back as the same double, {@code .0}
   * after a whole number, an exponent below 1e-4 and from 1e16 on, {@code nan}, {@code inf}.
   */
  static String python(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = shortest(value);
    double size = Math.abs(value);
    if (size >= PLAIN_FROM && size < PLAIN_BELOW) {
      String text = shortest.toPlainString();
      return text.indexOf('.') < 0 ? text + ".0" : text;
    }
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String sign = exponent < 0 ? "-" : "+";
    String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
    return (value < 0 ? "-" : "") + mantissa + "e" + sign + power;
  }

  /** The fewest digits that read back as the same double, never an exponent; empty for NaN. */
  public static String text(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return value == 0 ? "0" : shortest(value).toPlainString();
  }

  /** Not Double.toString, which gives too many digits before JDK 19 (JDK-4511638). */
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return plain(rounded);
      }
    }
    return plain(exact.round(new MathContext(MOST_DIGITS)));
  }

  private static BigDecimal plain(BigDecimal value) {
    return value.stripTrailingZeros();
  }
}
