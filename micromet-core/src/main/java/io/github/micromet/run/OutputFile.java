// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that a run wrote.
 *
 * @param name without folders; it lies beside the record
 * @param bytes its length
 * @param sha256 of its bytes, hexadecimal
 */
public record OutputFile(String name, long bytes, String sha256) {
  /**
   * Measures a file.
   *
   * @throws MicrometException of kind RESOURCE if it cannot be read
   */
  public static OutputFile of(Path file) {
    try {
      return new OutputFile(file.getFileName().toString(), Files.size(file), Sha256.of(file));
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          file.toString(),
          "cannot be read back after it was written (" + e.getMessage() + ")",
          "Check the disk, then run again.",
          e);
    }
  }
}
