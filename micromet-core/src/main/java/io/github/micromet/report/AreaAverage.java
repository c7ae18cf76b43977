// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import io.github.micromet.slide.RgbImage;
import java.nio.ByteBuffer;

/**
 * Shrinks a picture that comes in blocks: each pixel of the result is the mean of what it covers,
 * parts of pixels by their part. Invalid pixels count as white.
 *
 * <p>Threads: confined to one.
 */
final class AreaAverage {
  private static final float WHITE = 255;

  private final int width;
  private final int height;
  private final double perX; // result pixels per source pixel, at most 1
  private final double perY;
  private final float[] sums; // H,W,3: weighted channels; the weights of a pixel add up to 1

  AreaAverage(long fromWidth, long fromHeight, int width, int height) {
    this.width = width;
    this.height = height;
    this.perX = width / (double) fromWidth;
    this.perY = height / (double) fromHeight;
    this.sums = new float[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
  }

  /** Adds a block whose upper left pixel is pixel (x, y) of the source; each pixel once. */
  void add(RgbImage block, long x, long y) {
    ByteBuffer rgb = block.rgb();
    boolean allValid = block.isAllValid();
    for (int row = 0; row < block.height(); row++) {
      double top = (y + row) * perY;
      double bottom = (y + row + 1) * perY;
      int first = Math.min((int) top, height - 1);
      double upper = Math.min(bottom, first + 1.0) - top;
      double lower = first + 1 < height ? bottom - top - upper : 0;
      for (int column = 0; column < block.width(); column++) {
        boolean valid = allValid || block.isValid(column, row);
        int at = (row * block.width() + column) * 3;
        float red = valid ? rgb.get(at) & 0xff : WHITE;
        float green = valid ? rgb.get(at + 1) & 0xff : WHITE;
        float blue = valid ? rgb.get(at + 2) & 0xff : WHITE;
        spread(x + column, first, upper, red, green, blue);
        if (lower > 0) {
          spread(x + column, first + 1, lower, red, green, blue);
        }
      }
    }
  }

  private void spread(long x, int row, double share, float red, float green, float blue) {
    double left = x * perX;
    double right = (x + 1) * perX;
    int first = Math.min((int) left, width - 1);
    double near = Math.min(right, first + 1.0) - left;
    add(row, first, (float) (near * share), red, green, blue);
    double far = right - left - near;
    if (far > 0 && first + 1 < width) {
      add(row, first + 1, (float) (far * share), red, green, blue);
    }
  }

  private void add(int row, int column, float weight, float red, float green, float blue) {
    int at = (row * width + column) * 3;
    sums[at] += weight * red;
    sums[at + 1] += weight * green;
    sums[at + 2] += weight * blue;
  }

  /** The shrunken picture, wholly valid. */
  RgbImage result() {
    RgbImage image = new RgbImage(width, height);
    ByteBuffer rgb = image.rgb();
    for (float sum : sums) {
      rgb.put((byte) Math.min(255, Math.max(0, Math.round(sum))));
    }
    return image;
  }
}
