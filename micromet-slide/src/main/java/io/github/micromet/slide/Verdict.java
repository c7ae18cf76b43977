// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

/** What a format says of a file: mine, or why not. */
public sealed interface Verdict {
  /** The format will open it; a later failure means a broken slide. */
  record Yes() implements Verdict {}

  /**
   * Not this format.
   *
   * @param reason one line for {@code micromet info --why}
   */
  record No(String reason) implements Verdict {}
}
