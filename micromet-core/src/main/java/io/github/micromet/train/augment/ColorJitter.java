// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

import java.util.List;
import java.util.Set;

/**
 * Changes brightness, contrast, saturation and hue by given amounts, one after the other, exactly
 * as torchvision's ColorJitter does on a uint8 tensor: float32 arithmetic in torch's order of
 * operations, and truncation to uint8 after each step, so rounding compounds.
 *
 * <p>Source: torchvision/transforms/_functional_tensor.py; the goldens are torchvision's own.
 *
 * @param order each step once, or not at all: with hue 0 a colour still goes to HSV and back
 * @param brightness factor, 1 leaves the patch as it is
 * @param contrast factor, 1 leaves the patch as it is
 * @param saturation factor, 1 leaves the patch as it is
 * @param hue part of the colour circle to turn by, -0.5..0.5
 */
public record ColorJitter(
    List<ColorStep> order, double brightness, double contrast, double saturation, double hue) {
  // torchvision multiplies by 255 + 1 - 1e-3 and truncates, instead of rounding 255 x.
  private static final float TO_BYTE = (float) (255.0 + 1.0 - 1e-3);
  private static final float[] UNIT = new float[256];

  static {
    for (int v = 0; v < 256; v++) {
      UNIT[v] = v / 255f;
    }
  }

  public ColorJitter {
    order = List.copyOf(order);
    if (Set.copyOf(order).size() != order.size()) {
      throw new IllegalArgumentException("no step twice, not " + order);
    }
    if (!(brightness >= 0 && contrast >= 0 && saturation >= 0 && hue >= -0.5 && hue <= 0.5)) {
      throw new IllegalArgumentException(
          "factors are 0 or more and hue is -0.5..0.5, not "
              + List.of(brightness, contrast, saturation, hue));
    }
  }

  /**
   * Changes the pixels in place.
   *
   * @param rgb rows x columns x 3 uint8
   */
  public void apply(byte[] rgb) {
    for (ColorStep step : order) {
      switch (step) {
        case BRIGHTNESS -> blend(rgb, 0, (float) brightness);
        case CONTRAST -> blend(rgb, (float) (1 - contrast) * grayMean(rgb), (float) contrast);
        case SATURATION -> saturate(rgb);
        case HUE -> turnHue(rgb);
      }
    }
  }

  /** All pixels towards one value; as only 256 inputs exist, each is worked out once. */
  private static void blend(byte[] rgb, float other, float factor) {
    byte[] table = new byte[256];
    for (int v = 0; v < 256; v++) {
      table[v] = truncated(factor * v + other);
    }
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = table[rgb[i] & 0xff];
    }
  }

  private void saturate(byte[] rgb) {
    float factor = (float) saturation;
    float rest = (float) (1 - saturation);
    float[] own = new float[256];
    float[] gray = new float[256];
    for (int v = 0; v < 256; v++) {
      own[v] = factor * v;
      gray[v] = rest * v;
    }
    for (int i = 0; i < rgb.length; i += 3) {
      float towards = gray[gray(rgb, i)];
      rgb[i] = truncated(own[rgb[i] & 0xff] + towards);
      rgb[i + 1] = truncated(own[rgb[i + 1] & 0xff] + towards);
      rgb[i + 2] = truncated(own[rgb[i + 2] & 0xff] + towards);
    }
  }

  /** Integers summed without error up to 65,793 pixels, beyond which torch's float32 sum is not. */
  private static float grayMean(byte[] rgb) {
    long sum = 0;
    for (int i = 0; i < rgb.length; i += 3) {
      sum += gray(rgb, i);
    }
    int pixels = rgb.length / 3;
    return (float) sum / pixels;
  }

  private static int gray(byte[] rgb, int i) {
    return (int)
        (0.2989f * (rgb[i] & 0xff) + 0.587f * (rgb[i + 1] & 0xff) + 0.114f * (rgb[i + 2] & 0xff));
  }

  private void turnHue(byte[] rgb) {
    float turn = (float) hue;
    for (int i = 0; i < rgb.length; i += 3) {
      int r = rgb[i] & 0xff;
      int g = rgb[i + 1] & 0xff;
      int b = rgb[i + 2] & 0xff;
      int max = Math.max(r, Math.max(g, b));
      int min = Math.min(r, Math.min(g, b));
      if (max == min) {
        byte v = (byte) (UNIT[max] * TO_BYTE);
        rgb[i] = v;
        rgb[i + 1] = v;
        rgb[i + 2] = v;
        continue;
      }
      float value = UNIT[max];
      float span = value - UNIT[min];
      float h = hue(r, g, b, max, span) + turn;
      // The remainder of the division by 1, not negative.
      h = h >= 1 ? h - 1 : h < 0 ? h + 1 : h;
      fromHsv(h, span / value, value, rgb, i);
    }
  }

  private static float hue(int r, int g, int b, int max, float span) {
    float value = UNIT[max];
    float h;
    if (r == max) {
      h = (value - UNIT[b]) / span - (value - UNIT[g]) / span;
    } else if (g == max) {
      h = 2 + (value - UNIT[r]) / span - (value - UNIT[b]) / span;
    } else {
      h = 4 + (value - UNIT[g]) / span - (value - UNIT[r]) / span;
    }
    h = h / 6 + 1;
    return h >= 1 ? h - 1 : h;
  }

  private static void fromHsv(float h, float s, float value, byte[] rgb, int i) {
    float six = h * 6;
    int sector = (int) six;
    float f = six - sector;
    // value, s and f are 0..1, so these are too: torchvision's clamp does nothing.
    byte v = (byte) (value * TO_BYTE);
    byte p = (byte) (value * (1 - s) * TO_BYTE);
    byte q = (byte) (value * (1 - s * f) * TO_BYTE);
    byte t = (byte) (value * (1 - s * (1 - f)) * TO_BYTE);
    switch (sector % 6) {
      case 0 -> put(rgb, i, v, t, p);
      case 1 -> put(rgb, i, q, v, p);
      case 2 -> put(rgb, i, p, v, t);
      case 3 -> put(rgb, i, p, q, v);
      case 4 -> put(rgb, i, t, p, v);
      default -> put(rgb, i, v, p, q);
    }
  }

  private static void put(byte[] rgb, int i, byte r, byte g, byte b) {
    rgb[i] = r;
    rgb[i + 1] = g;
    rgb[i + 2] = b;
  }

  private static byte truncated(float value) {
    return (byte) (int) Math.max(0f, Math.min(255f, value));
  }
}
