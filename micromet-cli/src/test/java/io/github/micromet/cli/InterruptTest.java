// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InterruptTest {
  @Test
  void workInLongUnitsIsWaitedForLongerAndNotForEver() {
    AtomicLong clock = new AtomicLong(5);
    try (Interrupt interrupt =
        new Interrupt(new PrintWriter(new StringWriter()), "kept", clock::get)) {
      assertThat(interrupt.patience()).isEqualTo(Duration.ofSeconds(60));
      clock.addAndGet(Duration.ofSeconds(100).toNanos());
      assertThat(interrupt.askedBetweenUnits()).isFalse();
      clock.addAndGet(Duration.ofSeconds(1).toNanos());
      assertThat(interrupt.askedBetweenUnits()).isFalse();
      assertThat(interrupt.patience()).isEqualTo(Duration.ofSeconds(260));
      clock.addAndGet(Duration.ofHours(1).toNanos());
      assertThat(interrupt.askedBetweenUnits()).isFalse();
      assertThat(interrupt.patience()).isEqualTo(Interrupt.LONGEST_PATIENCE);
    }
  }
}
