// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval.stat;

/** The standard normal distribution. Threads: stateless. */
public final class Normal {
  private static final double SQRT_PI = Math.sqrt(Math.PI);

  // Below it the series keeps its digits; above it 1 - erf would lose them and the fraction is
  // short.
  private static final double SERIES_UP_TO = 2;
  private static final int MOST_TERMS = 500;

  private Normal() {}

  /** P(Z <= z), right to about 1e-13 of itself in both tails. */
  static double cdf(double z) {
    double x = z / Math.sqrt(2);
    return x < 0 ? erfc(-x) / 2 : 1 - erfc(x) / 2;
  }

  /** P(|Z| >= |z|). */
  static double twoSided(double z) {
    return erfc(Math.abs(z) / Math.sqrt(2));
  }

  /**
   * The z with {@code cdf(z) = p}.
   *
   * @throws IllegalArgumentException unless 0 < p < 1
   */
  public static double quantile(double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException("a quantile is of 0 < p < 1, not " + p);
    }
    if (p > 0.5) {
      return -quantile(1 - p);
    }
    // The tail's own size starts Newton's method on log cdf, which is concave: it cannot overshoot.
    double z = p == 0.5 ? 0 : -Math.sqrt(Math.max(0, -2 * Math.log(2 * p)));
    for (int i = 0; i < 100; i++) {
      double below = cdf(z);
      double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
      double step = (Math.log(below) - Math.log(p)) * below / density;
      z -= step;
      if (Math.abs(step) <= 1e-15 * Math.max(1, Math.abs(z))) {
        break;
      }
    }
    return z;
  }

  /** The z that leaves (1 - confidence) / 2 in each tail. */
  static double twoSidedQuantile(double confidence) {
    return -quantile((1 - confidence) / 2);
  }

  /** For x >= 0. */
  private static double erfc(double x) {
    return x < SERIES_UP_TO ? 1 - erfSeries(x) : erfcFraction(x);
  }

  /** 2/sqrt(pi) exp(-x²) Σ 2^n x^(2n+1) / (2n+1)!!: all terms positive. */
  private static double erfSeries(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < MOST_TERMS && term > 1e-17 * sum; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / SQRT_PI * Math.exp(-x * x) * sum;
  }

  /** exp(-x²)/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))), from the inside out. */
  private static double erfcFraction(double x) {
    double tail = x;
    for (int n = 200; n >= 1; n--) {
      tail = x + n / 2.0 / tail;
    }
    return Math.exp(-x * x) / SQRT_PI / tail;
  }
}
