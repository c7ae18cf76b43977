// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

/** A TIFF whose structure is broken or that holds what this reader does not read; in words. */
final class TiffException extends Exception {
  private static final long serialVersionUID = 1L;

  TiffException(String reason) {
    super(reason);
  }
}
