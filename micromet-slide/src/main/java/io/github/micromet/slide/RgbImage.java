// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * A picture of 8-bit sRGB, rows x columns x 3 uint8 interleaved, with one validity bit a pixel:
 * pixels outside the slide, missing and corrupt ones are not the same as black ones.
 *
 * <p>Threads: confined to one thread while it is written; may then be read by many.
 */
public final class RgbImage {
  private final int width;
  private final int height;
  private final ByteBuffer rgb; // H,W,3 uint8
  private BitSet invalid; // row-major; absent while every pixel is valid

  /** A black, wholly valid picture of its own. */
  public RgbImage(int width, int height) {
    this(ByteBuffer.allocate(bytes(width, height)), width, height);
  }

  private RgbImage(ByteBuffer rgb, int width, int height) {
    this.rgb = rgb;
    this.width = width;
    this.height = height;
  }

  /**
   * A picture that writes through to {@code buffer} from its position on.
   *
   * @throws IllegalArgumentException if fewer than width x height x 3 bytes remain
   */
  public static RgbImage view(ByteBuffer buffer, int width, int height) {
    int bytes = bytes(width, height);
    if (buffer.remaining() < bytes) {
      throw new IllegalArgumentException(
          "a view of " + width + " x " + height + " needs " + bytes + " bytes");
    }
    return new RgbImage(buffer.slice(buffer.position(), bytes), width, height);
  }

  private static int bytes(int width, int height) {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException("a picture has a positive size");
    }
    return Math.multiplyExact(Math.multiplyExact(width, height), 3);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The bytes, H,W,3 uint8, sharing memory with this picture; position 0. */
  public ByteBuffer rgb() {
    return rgb.duplicate().clear();
  }

  /** The colour of one pixel as 0xRRGGBB. */
  public int at(int x, int y) {
    int i = (y * width + x) * 3;
    return (rgb.get(i) & 0xff) << 16 | (rgb.get(i + 1) & 0xff) << 8 | rgb.get(i + 2) & 0xff;
  }

  /** Sets one pixel to 0xRRGGBB; its validity stays. */
  public void set(int x, int y, int colour) {
    int i = (y * width + x) * 3;
    rgb.put(i, (byte) (colour >> 16));
    rgb.put(i + 1, (byte) (colour >> 8));
    rgb.put(i + 2, (byte) colour);
  }

  public boolean isValid(int x, int y) {
    return invalid == null || !invalid.get(y * width + x);
  }

  public boolean isAllValid() {
    return invalid == null || invalid.isEmpty();
  }

  /** Pixels that the slide does not have or that could not be decoded. */
  public int invalidCount() {
    return invalid == null ? 0 : invalid.cardinality();
  }

  /** Marks every pixel valid; colours stay. Call before a buffer is used again. */
  public void markAllValid() {
    invalid = null;
  }

  /** Paints the whole picture. */
  public void fill(Fill colour, boolean valid) {
    fill(0, 0, width, height, colour, valid);
  }

  /**
   * Paints a rectangle, given in pixels of this picture and cut to it.
   *
   * @param valid the validity the pixels get
   */
  public void fill(int x, int y, int w, int h, Fill colour, boolean valid) {
    int left = Math.max(x, 0);
    int right = Math.min(x + w, width);
    int top = Math.max(y, 0);
    int bottom = Math.min(y + h, height);
    if (left >= right || top >= bottom) {
      return;
    }
    byte[] line = new byte[(right - left) * 3];
    for (int i = 0; i < line.length; i += 3) {
      line[i] = (byte) colour.red();
      line[i + 1] = (byte) colour.green();
      line[i + 2] = (byte) colour.blue();
    }
    for (int row = top; row < bottom; row++) {
      rgb.put((row * width + left) * 3, line);
      mark(left, row, right - left, valid);
    }
  }

  /**
   * Copies a rectangle with its validity; both rectangles must lie inside their pictures.
   *
   * @throws IndexOutOfBoundsException if one does not
   */
  public void copy(RgbImage from, int fromX, int fromY, int x, int y, int w, int h) {
    if (fromX < 0 || fromY < 0 || x < 0 || y < 0) {
      throw new IndexOutOfBoundsException("negative origin");
    }
    if (fromX + w > from.width || fromY + h > from.height || x + w > width || y + h > height) {
      throw new IndexOutOfBoundsException("the rectangle leaves the picture");
    }
    if (w == width && w == from.width && invalid == null && from.invalid == null) {
      rgb.put(y * width * 3, from.rgb, fromY * width * 3, w * h * 3);
      return;
    }
    for (int row = 0; row < h; row++) {
      int at = ((fromY + row) * from.width + fromX) * 3;
      rgb.put(((y + row) * width + x) * 3, from.rgb, at, w * 3);
      if (from.invalid == null) {
        mark(x, y + row, w, true);
      } else {
        for (int i = 0; i < w; i++) {
          mark(x + i, y + row, 1, from.isValid(fromX + i, fromY + row));
        }
      }
    }
  }

  private void mark(int x, int y, int n, boolean valid) {
    if (valid && invalid == null) {
      return;
    }
    if (invalid == null) {
      invalid = new BitSet(width * height);
    }
    int at = y * width + x;
    invalid.set(at, at + n, !valid);
  }
}
