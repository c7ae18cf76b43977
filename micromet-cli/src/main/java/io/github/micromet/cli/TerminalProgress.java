// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.run.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Draws progress: on a terminal one line that is rewritten, elsewhere a line every ten seconds; a
 * summary when a stage ends.
 *
 * <p>Threads: called from many; guarded by this object's lock.
 */
final class TerminalProgress implements Progress {
  private static final long SECOND = 1_000_000_000L;
  private static final long REWRITE_NANOS = SECOND / 5;
  private static final long LINE_NANOS = 10 * SECOND;

  private final PrintWriter err;
  private final boolean terminal;
  private final LongSupplier nanos;

  private String stage = "";
  private long units;
  private long done;
  private long begun;
  private long drawn;
  private int width; // characters of the line that stands on the terminal

  /**
   * @param nanos a clock such as {@code System::nanoTime}
   */
  TerminalProgress(PrintWriter err, boolean terminal, LongSupplier nanos) {
    this.err = err;
    this.terminal = terminal;
    this.nanos = nanos;
  }

  @Override
  public synchronized void begin(String stage, long units) {
    this.stage = stage;
    this.units = units;
    done = 0;
    begun = nanos.getAsLong();
    drawn = begun;
    if (terminal) {
      rewrite(stage + ": 0 of " + units);
    }
  }

  @Override
  public synchronized void advance(long more) {
    done += more;
    long now = nanos.getAsLong();
    if (now - drawn < (terminal ? REWRITE_NANOS : LINE_NANOS)) {
      return;
    }
    drawn = now;
    String line = line(now - begun);
    if (terminal) {
      rewrite(line);
    } else {
      err.println(line);
    }
  }

  @Override
  public synchronized void end() {
    long taken = nanos.getAsLong() - begun;
    String summary = stage + ": " + done + " in " + clock(taken) + rate(taken);
    if (terminal) {
      rewrite(summary);
      err.println();
      width = 0;
    } else {
      err.println(summary);
    }
  }

  private String line(long taken) {
    String text = stage + ": " + done + " of " + units + rate(taken);
    if (done <= 0 || done >= units) {
      return text;
    }
    return text + ", " + clock((long) ((double) taken / done * (units - done))) + " left";
  }

  private String rate(long taken) {
    if (taken <= 0 || done <= 0) {
      return "";
    }
    double perSecond = done * (double) SECOND / taken;
    return String.format(Locale.ROOT, perSecond < 10 ? ", %.1f/s" : ", %.0f/s", perSecond);
  }

  private void rewrite(String line) {
    // Blanks wipe what is left of a longer line before.
    err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    err.flush();
    width = line.length();
  }

  /** h:mm:ss or m:ss. */
  static String clock(long nanos) {
    long seconds = nanos / SECOND;
    return seconds >= 3600
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }
}
