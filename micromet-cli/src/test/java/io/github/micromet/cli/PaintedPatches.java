// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** A list of labelled patches in two colours, as files. */
final class PaintedPatches {
  private static final int EDGE = 224;
  private static final int TUMOUR = 0x9040a0;
  private static final int NORMAL = 0xe0a0c0;

  private PaintedPatches() {}

  /** Writes them and their CSV, labels in turn, those for training first. */
  static Path in(Path folder, int training, int validation) {
    StringBuilder csv = new StringBuilder("file,label,split\n");
    for (int i = 0; i < training + validation; i++) {
      String name = "patch" + i + ".png";
      boolean tumour = i % 2 == 0;
      paint(folder.resolve(name), tumour ? TUMOUR : NORMAL, new SplittableRandom(i));
      csv.append(name).append(tumour ? ",1," : ",0,").append(i < training ? "train\n" : "val\n");
    }
    try {
      return Files.writeString(folder.resolve("labels.csv"), csv);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void paint(Path file, int rgb, SplittableRandom random) {
    BufferedImage image = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < EDGE; y++) {
      for (int x = 0; x < EDGE; x++) {
        image.setRGB(x, y, rgb + random.nextInt(32) * 0x010101);
      }
    }
    try {
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
