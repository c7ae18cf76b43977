// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.file;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders for what is written. Threads: stateless. */
public final class Folders {
  private Folders() {}

  /**
   * Makes a folder and those it lies in; one that is there stays as it is.
   *
   * @throws MicrometException of kind RESOURCE if it cannot be made
   */
  public static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          folder.toString(),
          "cannot be made (" + e.getMessage() + ")",
          "Choose a folder that can be written to.",
          e);
    }
  }
}
