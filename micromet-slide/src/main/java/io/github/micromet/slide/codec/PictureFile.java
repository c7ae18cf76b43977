// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A picture in a file of its own: PNG, JPEG, TIFF, BMP, WebP. Threads: stateless. */
public final class PictureFile {
  /** A picture is held in memory whole, three bytes a pixel. */
  private static final long MOST_BYTES = 256L << 20;

  private PictureFile() {}

  /**
   * Reads a picture as 8-bit RGB: grey becomes three equal channels, alpha is dropped, 16 bits lose
   * the lower 8; a camera's turn (EXIF) is not applied and no colour profile is.
   *
   * @throws MicrometException of kind INPUT if there is no such file or it is no such picture
   */
  public static RgbImage read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw unreadable(
            file, "has " + (Files.size(file) >> 20) + " MiB, too many for one picture");
      }
      return OpenCv.decode(Files.readAllBytes(file));
    } catch (CodecException e) {
      throw unreadable(file, "is not a picture: " + e.getMessage(), e);
    } catch (IOException e) {
      throw unreadable(file, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static MicrometException unreadable(Path file, String problem) {
    return unreadable(file, problem, null);
  }

  private static MicrometException unreadable(Path file, String problem, Exception cause) {
    return new MicrometException(
        ErrorKind.INPUT,
        file.toString(),
        problem,
        "Give PNG, JPEG, TIFF, BMP or WebP files.",
        cause);
  }
}
