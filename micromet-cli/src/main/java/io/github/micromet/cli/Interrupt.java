// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

  /**
   * @param kept what remains of work that is stopped, a phrase
   */
  Interrupt(PrintWriter err, String kept) {
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
