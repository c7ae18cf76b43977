// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import java.util.BitSet;

/** The four histograms that the reference's thresholds come from, in two passes over a picture. */
final class ChannelHistograms {
  private final long[] red = new long[256];
  private final long[] green = new long[256];
  private final long[] blue = new long[256];
  private final PixelSource source;
  private final BitSet skipped;
  private double leastSaturation = Double.POSITIVE_INFINITY;
  private double greatestSaturation = Double.NEGATIVE_INFINITY;

  ChannelHistograms(PixelSource source, BitSet skipped) {
    this.source = source;
    this.skipped = skipped;
    ForegroundMask.eachPixel(source, skipped, this::count);
  }

  private void count(int at, int r, int g, int b) {
    red[r]++;
    green[g]++;
    blue[b]++;
    double saturation = Saturation.of(r, g, b);
    leastSaturation = Math.min(leastSaturation, saturation);
    greatestSaturation = Math.max(greatestSaturation, saturation);
  }

  /** True if every pixel was skipped. */
  boolean isEmpty() {
    return leastSaturation > greatestSaturation;
  }

  ForegroundMask.Thresholds thresholds() {
    return new ForegroundMask.Thresholds(
        Otsu.ofBytes(red), Otsu.ofBytes(green), Otsu.ofBytes(blue), saturation());
  }

  private double saturation() {
    if (leastSaturation == greatestSaturation) {
      return leastSaturation;
    }
    EqualBins bins = new EqualBins(leastSaturation, greatestSaturation);
    ForegroundMask.eachPixel(source, skipped, (at, r, g, b) -> bins.add(Saturation.of(r, g, b)));
    return Otsu.of(bins);
  }
}
