// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import io.github.micromet.error.MicrometException;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;

/** The OpenCV that decodes JPEG and WebP: there, or why not. Threads: safe for many. */
public final class OpenCvLibrary {
  private OpenCvLibrary() {}

  /**
   * Whether OpenCV loads on this machine.
   *
   * @param version e.g. {@code 4.13.0}; empty if it does not load
   * @param reason why it does not load, one phrase; empty if it does
   */
  public record Status(Optional<String> version, String reason) {}

  /** Loads the library if no one has yet. */
  public static Status status() {
    try {
      OpenCv.load();
      return new Status(Optional.of(opencv_core.CV_VERSION()), "");
    } catch (MicrometException e) {
      return new Status(Optional.empty(), e.problem());
    }
  }
}
