// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.openslide;

import io.github.micromet.TestData;
import io.github.micromet.slide.ByteSource;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import java.io.IOException;
import java.nio.file.Path;

/** libopenslide of this machine; ends the calling test where there is none. */
public final class HostOpenSlide {
  private HostOpenSlide() {}

  public static OpenSlideLibrary library() {
    OpenSlideLibrary library = OpenSlideLibrary.host();
    if (library.status() instanceof OpenSlideLibrary.Status.Absent) {
      TestData.absent(library.description() + "; Debian has it in libopenslide0");
    }
    return library;
  }

  public static Slide open(Path file, SlideOptions options) throws IOException {
    return new OpenSlideFormat(library()).open(ByteSource.of(file), options);
  }
}
