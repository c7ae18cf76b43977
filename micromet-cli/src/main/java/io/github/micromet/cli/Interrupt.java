// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Ctrl-C, or a polite kill, while work is done: the work is asked to stop, and the process waits
 * until it has kept what is finished.
 *
 * <p>Threads: asked from many; the hook runs in the JVM's own.
 */
final class Interrupt implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** However long a unit of work may take. */
  static final Duration LONGEST_PATIENCE = Duration.ofMinutes(30);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;
  private final LongSupplier nanos;
  private final AtomicLong lastUnit;
  private final AtomicLong longestUnit = new AtomicLong();
  private volatile boolean asked;

  /** As a shell reports a program that Ctrl-C ended. */
  static final int STOPPED = 130;

  /**
   * @param kept what remains of work that is stopped, a phrase
   */
  Interrupt(PrintWriter err, String kept) {
    this(err, kept, System::nanoTime);
  }

  /**
   * @param nanos a clock
   */
  Interrupt(PrintWriter err, String kept, LongSupplier nanos) {
    this.nanos = nanos;
    lastUnit = new AtomicLong(nanos.getAsLong());
    hook =
        new Thread(
            () -> {
              asked = true;
              err.println();
              err.println("micromet: stopping; " + kept);
              err.flush();
              await();
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether the work should stop. */
  boolean asked() {
    return asked;
  }

  /** As {@link #asked()}, by work in units of which the last one is waited for. */
  boolean askedBetweenUnits() {
    long now = nanos.getAsLong();
    longestUnit.accumulateAndGet(now - lastUnit.getAndSet(now), Math::max);
    return asked;
  }

  /** How long work that was asked to stop is waited for: a minute after two of its units. */
  Duration patience() {
    Duration patience = PATIENCE.plusNanos(longestUnit.get()).plusNanos(longestUnit.get());
    return patience.compareTo(LONGEST_PATIENCE) < 0 ? patience : LONGEST_PATIENCE;
  }

  /** Who started this process holds the other end; when that is gone, so should this one be. */
  void alsoAtEndOf(InputStream pipe) {
    Thread watcher =
        new Thread(
            () -> {
              try {
                pipe.transferTo(OutputStream.nullOutputStream());
              } catch (IOException broken) {
                // As an end.
              }
              asked = true;
            },
            "launcher");
    watcher.setDaemon(true);
    watcher.start();
  }

  private void await() {
    try {
      if (!closed.await(patience().toNanos(), TimeUnit.NANOSECONDS)) {
        Runtime.getRuntime().halt(STOPPED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The work is over and its files are written. */
  @Override
  public void close() {
    closed.countDown();
    if (!asked) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException shuttingDown) {
        // It was asked in this moment; the hook finds the work closed and ends.
      }
    }
  }
}
