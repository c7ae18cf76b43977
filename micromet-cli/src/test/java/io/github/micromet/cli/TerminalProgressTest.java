// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
  private final StringWriter err = new StringWriter();
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 7); // may wrap

  private TerminalProgress progress(boolean terminal) {
    return new TerminalProgress(new PrintWriter(err), terminal, clock::get);
  }

  private void pass(long seconds) {
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void withoutATerminalALineComesEveryTenSecondsWithRateAndTimeLeft() {
    TerminalProgress progress = progress(false);
    progress.begin("a: patches", 3000);
    pass(9);
    progress.advance(900);
    assertThat(err.toString()).isEmpty();
    pass(1);
    progress.advance(100);

    assertThat(err.toString().lines())
        .containsExactly("a: patches: 1000 of 3000, 100/s, 0:20 left");
  }

  @Test
  void theEndIsASummary() {
    TerminalProgress progress = progress(false);
    progress.begin("a: patches", 30);
    pass(4);
    progress.advance(30);
    progress.end();

    assertThat(err.toString().lines()).containsExactly("a: patches: 30 in 0:04, 7.5/s");
  }

  @Test
  void onATerminalOneLineIsRewrittenAndAShorterOneWipesTheLonger() {
    TerminalProgress progress = progress(true);
    progress.begin("a", 1000);
    pass(1);
    progress.advance(500);
    pass(1);
    progress.advance(500);
    progress.end();

    assertThat(err.toString()).containsOnlyOnce("\n");
    String[] drawn = err.toString().split("\r");
    assertThat(drawn[2]).isEqualTo("a: 500 of 1000, 500/s, 0:01 left");
    assertThat(drawn[3]).startsWith("a: 1000 of 1000, 500/s ").hasSameSizeAs(drawn[2]);
  }

  @Test
  void anEmptyStageHasNoRate() {
    TerminalProgress progress = progress(false);
    progress.begin("a: patches", 0);
    progress.end();

    assertThat(err.toString().lines()).containsExactly("a: patches: 0 in 0:00");
  }

  @Test
  void hoursAreWritten() {
    assertThat(TerminalProgress.clock(Duration.ofSeconds(7265).toNanos())).isEqualTo("2:01:05");
  }
}
