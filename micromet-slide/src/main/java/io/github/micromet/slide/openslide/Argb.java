// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.openslide;

import com.sun.jna.Memory;
import io.github.micromet.slide.Fill;
import io.github.micromet.slide.RgbImage;
import java.nio.ByteBuffer;

/** libopenslide's pixels -> RGB. */
final class Argb {
  private Argb() {}

  /**
   * Copies width x height premultiplied ARGB ints of the machine's byte order to (x, y) of a
   * picture. Alpha 0 becomes the fill colour and invalid; between 0 and 255 the colour is divided
   * by alpha, rounded down, and alpha is dropped without blending, as openslide-python and PIL do.
   */
  static void copy(Memory argb, int width, int height, RgbImage into, int x, int y, Fill fill) {
    ByteBuffer rgb = into.rgb();
    int[] row = new int[width];
    byte[] line = new byte[width * 3];
    for (int j = 0; j < height; j++) {
      argb.read((long) j * width * 4, row, 0, width);
      int gaps = 0;
      for (int i = 0, at = 0; i < width; i++, at += 3) {
        int pixel = row[i];
        int alpha = pixel >>> 24;
        if (alpha == 255) {
          line[at] = (byte) (pixel >> 16);
          line[at + 1] = (byte) (pixel >> 8);
          line[at + 2] = (byte) pixel;
        } else if (alpha == 0) {
          gaps++;
        } else {
          line[at] = (byte) (255 * (pixel >> 16 & 0xff) / alpha);
          line[at + 1] = (byte) (255 * (pixel >> 8 & 0xff) / alpha);
          line[at + 2] = (byte) (255 * (pixel & 0xff) / alpha);
        }
      }
      rgb.put(((y + j) * into.width() + x) * 3, line);
      if (gaps > 0) {
        fillGaps(row, into, x, y + j, fill);
      }
    }
  }

  private static void fillGaps(int[] row, RgbImage into, int x, int y, Fill fill) {
    int from = 0;
    while (from < row.length) {
      int to = from;
      while (to < row.length && row[to] >>> 24 == 0) {
        to++;
      }
      into.fill(x + from, y, to - from, 1, fill, false);
      from = to + 1;
    }
  }
}
