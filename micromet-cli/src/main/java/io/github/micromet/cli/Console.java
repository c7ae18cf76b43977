// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * What a command may see of the outside: its two streams and the environment. Tests give their own.
 *
 * @param out results
 * @param err log and progress
 * @param environment variables, as {@code System.getenv()}
 * @param terminal whether {@code err} is a terminal, whose last line may be rewritten
 */
record Console(
    PrintWriter out, PrintWriter err, Map<String, String> environment, boolean terminal) {
  Console {
    Objects.requireNonNull(out);
    Objects.requireNonNull(err);
    environment = Map.copyOf(environment);
  }

  /** The process's own. The launcher knows whether stderr is a terminal; Java 17 does not. */
  static Console ofProcess() {
    return new Console(
        writer(FileDescriptor.out, "stdout.encoding"),
        writer(FileDescriptor.err, "stderr.encoding"),
        System.getenv(),
        Boolean.getBoolean("micromet.tty"));
  }

  private static PrintWriter writer(FileDescriptor to, String property) {
    // Since Java 18 the default charset is UTF-8 whatever the terminal speaks.
    String name = System.getProperty(property, System.getProperty("native.encoding", "UTF-8"));
    Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    return new PrintWriter(new OutputStreamWriter(new FileOutputStream(to), charset), true);
  }
}
