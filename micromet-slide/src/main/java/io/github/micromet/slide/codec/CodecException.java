// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

/** Stored bytes that are not a tile of the declared layout; the message gives the numbers. */
public final class CodecException extends Exception {
  private static final long serialVersionUID = 1L;

  public CodecException(String reason) {
    super(reason);
  }

  public CodecException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
