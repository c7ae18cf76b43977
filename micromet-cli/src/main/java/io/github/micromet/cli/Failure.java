// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.PrintWriter;

/** What a person sees of an exception. */
final class Failure {
  private Failure() {}

  /** Prints two lines (with the trace when verbose) and gives the exit code. */
  static int print(Throwable t, PrintWriter err, boolean verbose) {
    if (t instanceof MicrometException known && known.kind() != ErrorKind.INTERNAL) {
      err.println("micromet: " + known.text());
      trace(t, err, verbose);
      return known.kind().exitCode();
    }
    if (t instanceof OutOfMemoryError) {
      err.println(
          "micromet: out of memory: the Java heap of "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB is full or the machine has no more ("
              + t.getMessage()
              + ")");
      err.println("  Give a larger heap, e.g. MICROMET_HEAP=2g, or a smaller --batch.");
      trace(t, err, verbose);
      return ErrorKind.RESOURCE.exitCode();
    }
    err.println("micromet: a bug in Micromet: " + t);
    err.println(
        verbose
            ? "  Please report it with the trace below and the command."
            : "  Please report it with the command and its output with --verbose added.");
    trace(t, err, verbose);
    return ErrorKind.INTERNAL.exitCode();
  }

  private static void trace(Throwable t, PrintWriter err, boolean verbose) {
    if (verbose) {
      t.printStackTrace(err);
    }
  }
}
