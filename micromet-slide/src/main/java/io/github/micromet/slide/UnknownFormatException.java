// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;

/** Not a slide that any reader here knows. The readers' reasons are in the problem's words. */
public final class UnknownFormatException extends MicrometException {
  private static final long serialVersionUID = 1L;

  public UnknownFormatException(String file, String problem, String remedy) {
    super(ErrorKind.INPUT, file, problem, remedy);
  }
}
