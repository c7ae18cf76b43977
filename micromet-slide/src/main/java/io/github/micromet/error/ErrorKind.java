// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.error;

/** The four kinds of failure; each is an exit code of the program. */
public enum ErrorKind {
  /** A bug in Micromet: please report it with the trace that {@code --verbose} prints. */
  INTERNAL(1, "a bug in Micromet (please report it; --verbose prints the trace)"),
  /** The command, an option or a setting is wrong. */
  USAGE(2, "usage or configuration"),
  /** Some inputs failed; the rest are done. */
  INPUT(3, "some inputs failed, the rest are done"),
  /** Something is missing or full: a library, a GPU, disk, memory. */
  RESOURCE(4, "something is missing or full (library, GPU, disk, memory)");

  private final int exitCode;
  private final String meaning;

  ErrorKind(int exitCode, String meaning) {
    this.exitCode = exitCode;
    this.meaning = meaning;
  }

  /** The program's exit code for this kind. */
  public int exitCode() {
    return exitCode;
  }

  /** One phrase for the table of exit codes. */
  public String meaning() {
    return meaning;
  }
}
