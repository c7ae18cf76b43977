// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The processes of one training on this machine: they end together. Each has a pipe as its standard
 * input, which closes when this process is gone, however it went.
 *
 * <p>Threads: one; a thread a stream copies lines, and the JVM's own runs {@link #stop} at Ctrl-C.
 */
final class Ranks implements AutoCloseable {
  /** Set for each: its standard input is the launcher's pipe. */
  static final String LAUNCHED = "MICROMET_LAUNCHED";

  private static final String GLOOS_LINE = "[Gloo] Rank ";
  // The others see the loss by themselves and say so; after that they are told.
  private static final long TO_SAY_SECONDS = 10;
  // After a loss nobody can finish a step.
  private static final long TO_STOP_SECONDS = 60;
  // At Ctrl-C each ends its step and has a patience of its own; this is for one that is frozen.
  private static final long TO_FINISH_SECONDS = Interrupt.LONGEST_PATIENCE.toSeconds() + 10;

  private final List<Process> processes = new ArrayList<>();
  private final List<Thread> copiers = new ArrayList<>();
  private final Console console;
  private final Thread hook = new Thread(() -> stop(TO_FINISH_SECONDS), "stop ranks");

  private Ranks(Console console) {
    this.console = console;
  }

  /**
   * Starts them all, or none.
   *
   * @param program words of the command line, the same for each
   */
  static Ranks start(List<String> program, List<Rank> ranks, Console console) {
    Ranks running = new Ranks(console);
    Runtime.getRuntime().addShutdownHook(running.hook);
    try {
      for (Rank rank : ranks) {
        running.start(program, rank);
      }
      return running;
    } catch (IOException e) {
      running.close();
      throw new MicrometException(
          ErrorKind.RESOURCE,
          program.get(0),
          "cannot be started (" + e.getMessage() + ")",
          "Start fewer processes, or free memory.",
          e);
    }
  }

  private void start(List<String> program, Rank rank) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(program);
    builder.environment().putAll(rank.environment());
    builder.environment().put(LAUNCHED, "true");
    // What goes wrong between the processes is said once, in our words.
    builder.environment().putIfAbsent("TORCH_CPP_LOG_LEVEL", "FATAL");
    if (rank.speaks()) {
      builder.redirectError(ProcessBuilder.Redirect.INHERIT); // its progress rewrites a line
    }
    Process process = builder.start();
    processes.add(process);
    String prefix = rank.speaks() ? "" : "[rank " + rank.number() + "] ";
    copy(process.getInputStream(), console.out(), prefix);
    if (!rank.speaks()) {
      copy(process.getErrorStream(), console.err(), prefix);
    }
  }

  private void copy(InputStream from, PrintWriter to, String prefix) {
    Charset charset =
        Charset.forName(
            System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8")));
    Thread copier =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(from, charset))) {
                lines
                    .lines()
                    .filter(line -> !line.startsWith(GLOOS_LINE))
                    .forEach(line -> to.println(prefix + line));
              } catch (IOException processIsGone) {
                // And so are its lines.
              }
            },
            "lines " + prefix);
    copier.setDaemon(true);
    copier.start();
    copiers.add(copier);
  }

  /** Waits for all; 0, or the exit code of the first that failed, after which the others end. */
  int await() {
    List<CompletableFuture<Process>> ends = new ArrayList<>();
    CompletableFuture<Integer> firstFailure = new CompletableFuture<>();
    for (Process process : processes) {
      ends.add(
          process
              .onExit()
              .whenComplete(
                  (ended, impossible) -> {
                    if (ended.exitValue() != 0) {
                      firstFailure.complete(ended.exitValue());
                    }
                  }));
    }
    CompletableFuture<Void> all = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    CompletableFuture.anyOf(all, firstFailure).join();
    if (firstFailure.isDone() && !ended(TO_SAY_SECONDS)) {
      stop(TO_STOP_SECONDS);
    }
    all.join();
    copiers.forEach(Ranks::join);
    return firstFailure.getNow(0);
  }

  /** Asks all to stop, waits, and ends those that do not. */
  private void stop(long seconds) {
    processes.forEach(Process::destroy);
    if (!ended(seconds)) {
      processes.forEach(Process::destroyForcibly);
    }
  }

  /** Whether all have ended within that time. */
  private boolean ended(long seconds) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      for (Process process : processes) {
        if (!process.waitFor(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void join(Thread copier) {
    try {
      copier.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (processes.stream().anyMatch(Process::isAlive)) {
      stop(TO_STOP_SECONDS);
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook is at work, and finds nothing left to stop.
    }
  }
}
