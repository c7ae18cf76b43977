// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import java.util.Optional;

/** Whether pictures can carry text on this machine. */
public final class Fonts {
  private Fonts() {}

  /** Why no text can be drawn, one phrase; empty when it can. */
  public static Optional<String> missing() {
    return Lettering.missing();
  }
}
