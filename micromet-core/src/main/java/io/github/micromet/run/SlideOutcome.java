// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;

/** How one slide of a run ended. */
public sealed interface SlideOutcome
    permits SlideRecord, SlideOutcome.Failed, SlideOutcome.Stopped {
  /** The name of the slide's file, without folders. */
  String slideName();

  /**
   * It could not be done; the run went on with the others.
   *
   * @param slideName the name of its file, without folders
   * @param kind whose fault
   * @param reason one line, with the numbers
   * @param remedy what to do, a sentence; may be empty
   */
  record Failed(String slideName, ErrorKind kind, String reason, String remedy)
      implements SlideOutcome {
    public static Failed of(String slideName, MicrometException e) {
      return new Failed(slideName, e.kind(), e.getMessage(), e.remedy());
    }
  }

  /** The run was stopped before it was done; it may be run again. */
  record Stopped(String slideName) implements SlideOutcome {}
}
