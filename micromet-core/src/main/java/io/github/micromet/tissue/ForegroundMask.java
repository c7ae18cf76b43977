// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import io.github.micromet.slide.RgbImage;
import java.util.BitSet;

/**
 * The reference's foreground of a picture: any of R, G, B at or below its Otsu threshold, and
 * saturation above its own. A threshold of exactly 0 switches its channel off.
 *
 * <p>Source: MONAI ForegroundMask(hsv_threshold={"S": "otsu"}), whose RGB thresholds stay at their
 * default, Otsu too. Immutable.
 */
public final class ForegroundMask {
  /** What the picture was cut at; 0 means that the channel had no say. */
  public record Thresholds(int red, int green, int blue, double saturation) {
    private boolean holds(int r, int g, int b) {
      boolean dark = red > 0 && r <= red || green > 0 && g <= green || blue > 0 && b <= blue;
      return dark && saturation > 0 && Saturation.of(r, g, b) > saturation;
    }
  }

  private static final Thresholds NONE = new Thresholds(0, 0, 0, 0);

  private final BitSet pixels; // row-major
  private final Thresholds thresholds;
  private final int fillPixels;

  private ForegroundMask(BitSet pixels, Thresholds thresholds, int fillPixels) {
    this.pixels = pixels;
    this.thresholds = thresholds;
    this.fillPixels = fillPixels;
  }

  /**
   * The foreground of a picture in memory.
   *
   * @param ignoreFill true: pixels that are invalid, or exactly black and connected to the border,
   *     stay out of the histograms and are never foreground; false: the reference
   */
  public static ForegroundMask of(RgbImage image, boolean ignoreFill) {
    return of(PixelSource.of(image), ignoreFill);
  }

  static ForegroundMask of(PixelSource source, boolean ignoreFill) {
    BitSet fill = ignoreFill ? FillPixels.of(source) : new BitSet();
    ChannelHistograms channels = new ChannelHistograms(source, fill);
    if (channels.isEmpty()) {
      return new ForegroundMask(new BitSet(), NONE, fill.cardinality());
    }
    Thresholds thresholds = channels.thresholds();
    BitSet pixels = new BitSet(source.width() * source.height());
    eachPixel(
        source,
        fill,
        (at, r, g, b) -> {
          if (thresholds.holds(r, g, b)) {
            pixels.set(at);
          }
        });
    return new ForegroundMask(pixels, thresholds, fill.cardinality());
  }

  /** The foreground pixels, row-major; a copy. */
  public BitSet pixels() {
    return (BitSet) pixels.clone();
  }

  public Thresholds thresholds() {
    return thresholds;
  }

  /** How many pixels were left out as fill; 0 for the reference's mask. */
  public int fillPixels() {
    return fillPixels;
  }

  /** Sees a pixel with its row-major place and its channels, 0..255. */
  @FunctionalInterface
  interface EachPixel {
    void pixel(int at, int red, int green, int blue);
  }

  /** Visits the pixels that are not in {@code skipped}. */
  static void eachPixel(PixelSource source, BitSet skipped, EachPixel visitor) {
    boolean all = skipped.isEmpty();
    source.visit(
        (firstColumn, firstRow, block) -> {
          byte[] line = new byte[block.width() * 3];
          for (int y = 0; y < block.height(); y++) {
            block.rgb().get(y * line.length, line);
            int at = (firstRow + y) * source.width() + firstColumn;
            for (int i = 0; i < line.length; i += 3, at++) {
              if (all || !skipped.get(at)) {
                visitor.pixel(at, line[i] & 0xff, line[i + 1] & 0xff, line[i + 2] & 0xff);
              }
            }
          }
        });
  }
}
