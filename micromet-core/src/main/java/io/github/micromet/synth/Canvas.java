// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

import io.github.micromet.slide.RgbImage;
import java.nio.ByteBuffer;

/** The bytes of one rectangle while it is painted. Confined to one thread. */
final class Canvas {
  final long x0;
  final long y0;
  final int width;
  final int height;
  private final byte[] rgb; // rows x columns x 3 uint8
  private final byte[] fine;
  private final int fineEdge;

  Canvas(long x0, long y0, int width, int height, byte[] fine, int fineEdge) {
    this.x0 = x0;
    this.y0 = y0;
    this.width = width;
    this.height = height;
    this.rgb = new byte[width * height * 3];
    this.fine = fine;
    this.fineEdge = fineEdge;
  }

  /** A colour, lighter or darker by {@code shade} levels in all channels. */
  void ground(int x, int y, Colour colour, int shade) {
    int at = (y * width + x) * 3;
    rgb[at] = clamp(colour.red() + shade);
    rgb[at + 1] = clamp(colour.green() + shade);
    rgb[at + 2] = clamp(colour.blue() + shade);
  }

  /** The fine texture at a pixel, -64..63. */
  int fine(long x, long y) {
    return fine[(int) (Math.floorMod(y, fineEdge) * (long) fineEdge + Math.floorMod(x, fineEdge))];
  }

  /**
   * A nucleus to stamp, lengths in pixels.
   *
   * @param x centre in level-0 pixels
   * @param y centre in level-0 pixels
   * @param longRadius half axis along the direction
   * @param shortRadius half axis across
   * @param cos of the direction
   * @param sin of the direction
   * @param lobed 0 for an ellipse, up to 0.3 for an irregular outline
   * @param core colour of the middle
   * @param rim colour of the border
   * @param grain how much the fine texture shows, 0..32
   */
  record Nucleus(
      double x,
      double y,
      double longRadius,
      double shortRadius,
      double cos,
      double sin,
      double lobed,
      Colour core,
      Colour rim,
      int grain) {}

  /** Paints the part of a nucleus that lies in this rectangle. */
  void stamp(Nucleus nucleus) {
    double reach = nucleus.longRadius * (1 + nucleus.lobed) + 1;
    int left = (int) Math.max(0, Math.floor(nucleus.x - reach) - x0);
    int right = (int) Math.min(width, Math.ceil(nucleus.x + reach) - x0);
    int top = (int) Math.max(0, Math.floor(nucleus.y - reach) - y0);
    int bottom = (int) Math.min(height, Math.ceil(nucleus.y + reach) - y0);
    float edge = (float) (nucleus.shortRadius * 0.5);
    float perLong = (float) (1 / nucleus.longRadius);
    float perShort = (float) (1 / nucleus.shortRadius);
    float cos = (float) nucleus.cos;
    float sin = (float) nucleus.sin;
    float lobed = (float) nucleus.lobed;
    for (int y = top; y < bottom; y++) {
      float dy = (float) (y0 + y + 0.5 - nucleus.y);
      for (int x = left; x < right; x++) {
        float dx = (float) (x0 + x + 0.5 - nucleus.x);
        float u = (dx * cos + dy * sin) * perLong;
        float v = (dy * cos - dx * sin) * perShort;
        float q = u * u + v * v;
        q += lobed * u * (u * u - 3 * v * v);
        if (q < 1) {
          blend(nucleus, x, y, q, Math.min(1, (1 - q) * edge));
        }
      }
    }
  }

  private void blend(Nucleus nucleus, int x, int y, float q, float cover) {
    float rim = q * q;
    float grain = nucleus.grain * fine(x0 + x, y0 + y) / 64f;
    int at = (y * width + x) * 3;
    Colour core = nucleus.core;
    Colour border = nucleus.rim;
    mix(at, core.red() + (border.red() - core.red()) * rim + grain, cover);
    mix(at + 1, core.green() + (border.green() - core.green()) * rim + grain, cover);
    mix(at + 2, core.blue() + (border.blue() - core.blue()) * rim + grain, cover);
  }

  private void mix(int at, float colour, float cover) {
    int under = rgb[at] & 0xff;
    rgb[at] = clamp((int) (under + (colour - under) * cover));
  }

  /** Stains a pixel anew. */
  void stain(int x, int y, Stain stain, float moreHaematoxylin, float moreEosin) {
    stain.apply(rgb, (y * width + x) * 3, moreHaematoxylin, moreEosin);
  }

  private static byte clamp(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  void copyTo(RgbImage image) {
    ByteBuffer into = image.rgb();
    into.put(0, rgb);
  }
}
