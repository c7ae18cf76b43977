// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or a polite kill, while work is done: the work is asked to stop, and the process waits
 * until it has kept what is finished.
 *
 * <p>Threads: asked from many; the hook runs in the JVM's own.
 */
final class Interrupt implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean asked;

  /** As a shell reports a program that Ctrl-C ended. */
  static final int STOPPED = 130;

  Interrupt(PrintWriter err) {
    hook =
        new Thread(
            () -> {
              asked = true;
              err.println();
              err.println("micromet: stopping; slides that are finished are kept");
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

  private void await() {
    try {
      if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
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
