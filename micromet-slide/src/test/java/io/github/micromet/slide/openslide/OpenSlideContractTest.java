// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.openslide;

import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideContract;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.write.CoordinateTiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** libopenslide, seen through {@link Slide}, keeps its promises. */
class OpenSlideContractTest extends SlideContract {
  @TempDir Path folder;

  @Override
  protected Slide open(SlideOptions options) throws IOException {
    Path file = folder.resolve("coordinates.tif");
    if (Files.notExists(file)) {
      // Every level is wider and higher than a tile: libopenslide 3.4.1 garbles smaller ones.
      CoordinateTiff.write(file, 640, 512, 3, 64);
    }
    return HostOpenSlide.open(file, options);
  }
}
