// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.error;

import java.util.Objects;

/**
 * A failure that a person can act on: what it is about, what is wrong (with the numbers), and what
 * to do. Printed as two lines, never with a class name:
 *
 * <pre>
 * SUBJECT: PROBLEM
 *   REMEDY
 * </pre>
 */
public class MicrometException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final String subject;
  private final String problem;
  private final String remedy;

  /**
   * @param kind decides the exit code
   * @param subject the file, option or library it is about
   * @param problem what is wrong, with the numbers, without a full stop
   * @param remedy what to do, a sentence; may be empty
   */
  public MicrometException(ErrorKind kind, String subject, String problem, String remedy) {
    this(kind, subject, problem, remedy, null);
  }

  /** As the other constructor, with the exception that showed the failure. */
  public MicrometException(
      ErrorKind kind, String subject, String problem, String remedy, Throwable cause) {
    super(subject + ": " + problem, cause);
    this.kind = Objects.requireNonNull(kind);
    this.subject = Objects.requireNonNull(subject);
    this.problem = Objects.requireNonNull(problem);
    this.remedy = Objects.requireNonNull(remedy);
  }

  public ErrorKind kind() {
    return kind;
  }

  public String subject() {
    return subject;
  }

  public String problem() {
    return problem;
  }

  public String remedy() {
    return remedy;
  }

  /** The two lines a person reads. */
  public String text() {
    return remedy.isEmpty() ? getMessage() : getMessage() + System.lineSeparator() + "  " + remedy;
  }
}
