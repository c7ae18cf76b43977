// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Outlines from whichever kind of annotation file it is, told by its content and not its name. */
public final class Annotations {
  private static final int LOOK = 512; // a byte order mark and white space may stand first

  private Annotations() {}

  /**
   * Reads ASAP's XML or NCRF's JSON.
   *
   * @throws MicrometException of kind INPUT if it is neither, or cannot be read, with the line
   *     where it stops making sense
   */
  public static TruthPolygons read(Path file) {
    return switch (firstSign(file)) {
      case '<' -> AsapXml.read(file);
      case '{' -> PolygonJson.read(file);
      default ->
          throw new MicrometException(
              ErrorKind.INPUT,
              file.toString(),
              "is neither XML nor JSON",
              "Give annotations as ASAP saves them (XML) or as NCRF publishes them (JSON).");
    };
  }

  private static char firstSign(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(LOOK), StandardCharsets.UTF_8);
      String text = start.startsWith("\uFEFF") ? start.substring(1) : start;
      return text.isBlank() ? ' ' : text.stripLeading().charAt(0);
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.INPUT,
          file.toString(),
          "cannot be read (" + e.getMessage() + ")",
          "Check the path.",
          e);
    }
  }
}
