// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.log;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as PNG in memory. */
final class PngBytes {
  private PngBytes() {}

  /**
   * @param patch size,size,3 float32, 0..255; rounded, and cut off beyond that
   */
  static byte[] of(float[] patch, int size) {
    BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < size * size; i++) {
      int rgb = level(patch[i * 3]) << 16 | level(patch[i * 3 + 1]) << 8 | level(patch[i * 3 + 2]);
      picture.setRGB(i % size, i / size, rgb);
    }
    return of(picture);
  }

  static byte[] of(RenderedImage picture) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Not ImageIO.write(..., out): it may put a cache file into the temporary folder.
    try (MemoryCacheImageOutputStream sink = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(sink);
      writer.write(picture);
    } catch (IOException e) {
      throw new UncheckedIOException("into memory", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static int level(float value) {
    return Math.max(0, Math.min(255, Math.round(value)));
  }
}
