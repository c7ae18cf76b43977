// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

import java.io.IOException;

/** One format: looks at a file, says yes or why not, and opens it. Threads: stateless. */
public interface SlideFormat {
  /** As in {@link SlideInfo#format()}. */
  String name();

  /**
   * Cheap: reads headers only.
   *
   * @throws IOException if the bytes cannot be read at all
   */
  Verdict examine(ByteSource file) throws IOException;

  /**
   * Opens a file that {@link #examine} accepted. The slide owns {@code file} from here on, also
   * when opening fails.
   *
   * @throws CorruptSlideException if it is this format but broken
   */
  Slide open(ByteSource file, SlideOptions options) throws IOException;
}
