// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval.stat;

/**
 * One number that logits are divided by so that their sigmoid can be believed (Guo et al. 2017).
 * Above 1 it makes a network less sure of itself. The order of scores stays, and 0.5 stays 0.5: no
 * ROC or FROC changes but for values that round together.
 *
 * @param value from {@link #LOWEST} to {@link #HIGHEST}
 * @param bounded whether the best value lies beyond these: the classes are parted without error, or
 *     the logits say nothing
 * @param lossBefore mean negative log likelihood at a temperature of 1
 * @param lossAfter at {@code value}
 */
public record Temperature(double value, boolean bounded, double lossBefore, double lossAfter) {
  public static final double LOWEST = 0.01;
  public static final double HIGHEST = 100;

  private static final int MOST_STEPS = 200;

  public Temperature {
    if (!(value >= LOWEST && value <= HIGHEST)) {
      throw new IllegalArgumentException(
          "a temperature is " + LOWEST + " to " + HIGHEST + ", not " + value);
    }
  }

  /** The logit as it should have been. */
  public double logit(double logit) {
    return logit / value;
  }

  /** The probability of a logit at this temperature. */
  public double probability(double logit) {
    return sigmoid(logit / value);
  }

  /**
   * The most likely temperature. The loss is convex in 1/T, so the root of its slope is the only
   * one: Newton's steps, halved back into the bracket where they leave it.
   *
   * @param logits of the positive class, finite, one a case
   * @param positive the truth, one a case
   * @throws IllegalArgumentException if the lengths differ, a class is empty, or a logit is not
   *     finite
   */
  public static Temperature fit(double[] logits, boolean[] positive) {
    check(logits, positive);
    double low = 1 / HIGHEST;
    double high = 1 / LOWEST;
    double inverse = 1;
    boolean bounded = false;
    if (slope(logits, positive, low) >= 0) {
      inverse = low;
      bounded = true;
    } else if (slope(logits, positive, high) <= 0) {
      inverse = high;
      bounded = true;
    } else {
      inverse = root(logits, positive, low, high);
    }
    double value = bounded ? (inverse == low ? HIGHEST : LOWEST) : 1 / inverse;
    return new Temperature(
        value, bounded, loss(logits, positive, 1), loss(logits, positive, 1 / value));
  }

  private static double root(double[] logits, boolean[] positive, double from, double to) {
    double low = from;
    double high = to;
    double at = 1;
    for (int i = 0; i < MOST_STEPS; i++) {
      double slope = slope(logits, positive, at);
      if (slope < 0) {
        low = at;
      } else {
        high = at;
      }
      double next = at - slope / curvature(logits, at);
      if (!(next > low && next < high)) {
        next = (low + high) / 2;
      }
      if (Math.abs(next - at) <= 1e-15 * at) {
        return next;
      }
      at = next;
    }
    return at;
  }

  /** Of the mean loss, by 1/T. */
  private static double slope(double[] logits, boolean[] positive, double inverse) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      sum += logits[i] * (sigmoid(inverse * logits[i]) - (positive[i] ? 1 : 0));
    }
    return sum / logits.length;
  }

  private static double curvature(double[] logits, double inverse) {
    double sum = 0;
    for (double logit : logits) {
      double p = sigmoid(inverse * logit);
      sum += logit * logit * p * (1 - p);
    }
    return sum / logits.length;
  }

  private static double loss(double[] logits, boolean[] positive, double inverse) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double margin = inverse * (positive[i] ? logits[i] : -logits[i]);
      // log(1 + exp(-margin)) without overflow.
      sum += Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
    }
    return sum / logits.length;
  }

  /** 1 / (1 + exp(-x)), exact in both tails. */
  public static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static void check(double[] logits, boolean[] positive) {
    if (logits.length != positive.length) {
      throw new IllegalArgumentException(
          logits.length + " logits but " + positive.length + " truths");
    }
    boolean up = false;
    boolean down = false;
    for (int i = 0; i < logits.length; i++) {
      if (!Double.isFinite(logits[i])) {
        throw new IllegalArgumentException("a logit is finite, not " + logits[i]);
      }
      up |= positive[i];
      down |= !positive[i];
    }
    if (!up || !down) {
      throw new IllegalArgumentException("a temperature needs cases of both classes");
    }
  }
}
