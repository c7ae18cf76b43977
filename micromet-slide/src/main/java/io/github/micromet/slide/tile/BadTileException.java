// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tile;

/** A stored tile that cannot be decoded: out of the file, refused by its decoder, wrong size. */
public final class BadTileException extends Exception {
  private static final long serialVersionUID = 1L;

  public BadTileException(String reason) {
    super(reason);
  }

  public BadTileException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
