// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StageClockTest {
  private final AtomicLong wall = new AtomicLong(500);
  private final AtomicLong cpu = new AtomicLong(900);
  private final StageClock clock =
      new StageClock(
          Clock.fixed(Instant.parse("2026-11-24T01:02:03.456Z"), ZoneOffset.UTC),
          wall::get,
          cpu::get);

  @Test
  void stagesFollowEachOtherAndOneThatComesTwiceIsSummed() {
    pass(0.25);
    clock.begin("tissue");
    pass(1);
    clock.begin("patches");
    pass(2.5);
    clock.begin("tissue");
    pass(0.5);
    cpu.addAndGet(7_000_000_000L);

    Timing timing = clock.timing(100, "patches");

    assertThat(timing)
        .isEqualTo(
            new Timing("2026-11-24T01:02:03Z", 4.25, 7, 40, Map.of("tissue", 1.5, "patches", 2.5)));
    assertThat(timing.stages().keySet()).containsExactly("tissue", "patches");
  }

  @Test
  void withoutTheScoringStageThereIsNoRate() {
    assertThat(clock.timing(0, "patches").windowsPerSecond()).isZero();
  }

  private void pass(double seconds) {
    wall.addAndGet((long) (seconds * 1e9));
  }
}
