// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What is wrong with one outline.
 *
 * @param kind of fault
 * @param name of the annotation
 * @param line where it begins in its file, from 1; 0 if unknown
 * @param problem in words, with the numbers
 */
public record OutlineFault(Kind kind, String name, int line, String problem) {
  /** What can be wrong. */
  public enum Kind {
    /** It encloses nothing: fewer than three points, or a line. It paints nothing. */
    OPEN,
    /** It crosses itself: what it encloses twice is outside by the even-odd rule. */
    CROSSING,
    /** No part of it is on the slide: most likely another slide's annotation. */
    OUTSIDE
  }

  public OutlineFault {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(name);
    Objects.requireNonNull(problem);
  }

  /** One line that names file, line and annotation. */
  public String in(Path file) {
    return place(file) + ": " + problem();
  }

  /** File, line where it is known, and annotation. */
  String place(Path file) {
    return file + (line > 0 ? ", line " + line : "") + ", outline \"" + name + "\"";
  }
}
