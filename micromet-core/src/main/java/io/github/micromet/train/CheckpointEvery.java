// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import java.time.Duration;

/** How often the last checkpoint is written within an epoch; at its end it is written anyway. */
public sealed interface CheckpointEvery {
  /** A quarter of an hour is lost at most. */
  CheckpointEvery DEFAULT = new Time(Duration.ofMinutes(15));

  /**
   * After so many steps.
   *
   * @param count at least 1
   */
  record Steps(int count) implements CheckpointEvery {
    public Steps {
      if (count < 1) {
        throw new IllegalArgumentException("--checkpoint-every is " + count + ", not at least 1");
      }
    }

    @Override
    public boolean isDue(int steps, Duration since) {
      return steps >= count;
    }

    @Override
    public String text() {
      return Integer.toString(count);
    }
  }

  /**
   * After the first step that ends so long after the last one.
   *
   * @param length more than nothing
   */
  record Time(Duration length) implements CheckpointEvery {
    public Time {
      if (length.isNegative() || length.isZero()) {
        throw new IllegalArgumentException("--checkpoint-every is no time");
      }
    }

    @Override
    public boolean isDue(int steps, Duration since) {
      return since.compareTo(length) >= 0;
    }

    @Override
    public String text() {
      return length.toSeconds() % 60 == 0 ? length.toMinutes() + "m" : length.toSeconds() + "s";
    }
  }

  /**
   * Whether it is time.
   *
   * @param steps since the last one
   * @param since the last one
   */
  boolean isDue(int steps, Duration since);

  /** Steps as a number, time as {@code 15m}. */
  String text();
}
