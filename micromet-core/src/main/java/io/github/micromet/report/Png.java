// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.file.AtomicFiles;
import java.awt.image.RenderedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** PNG files, whole or not there. Threads: stateless. */
final class Png {
  private Png() {}

  static void write(Path file, RenderedImage picture) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try {
      AtomicFiles.write(
          file,
          out -> {
            // Not ImageIO.write(..., out): it may put a cache file into the temporary folder.
            try (MemoryCacheImageOutputStream sink = new MemoryCacheImageOutputStream(out)) {
              writer.setOutput(sink);
              writer.write(picture);
            }
          });
    } finally {
      writer.dispose();
    }
  }
}
