// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;

/** A slide of a known format that cannot be read. It is never handed to another reader. */
public final class CorruptSlideException extends MicrometException {
  private static final long serialVersionUID = 1L;

  public CorruptSlideException(String file, String problem, String remedy) {
    super(ErrorKind.INPUT, file, problem, remedy);
  }

  public CorruptSlideException(String file, String problem, String remedy, Throwable cause) {
    super(ErrorKind.INPUT, file, problem, remedy, cause);
  }
}
