// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

/**
 * Otsu's threshold, bit for bit as scikit-image has it (skimage/filters/thresholding.py,
 * threshold_otsu): float32 weights, float64 means, the centre of the first best bin.
 *
 * <p>Threads: stateless.
 */
public final class Otsu {
  private Otsu() {}

  /**
   * The threshold of an 8-bit channel; one bin per value from its least to its greatest.
   *
   * @param histogram 256 counts, not all zero
   * @return the one value if there is only one
   */
  public static int ofBytes(long[] histogram) {
    int least = 0;
    while (histogram[least] == 0) {
      least++;
    }
    int greatest = histogram.length - 1;
    while (histogram[greatest] == 0) {
      greatest--;
    }
    if (least == greatest) {
      return least;
    }
    int bins = greatest - least + 1;
    float[] counts = new float[bins];
    double[] centres = new double[bins];
    for (int i = 0; i < bins; i++) {
      counts[i] = histogram[least + i];
      centres[i] = least + i;
    }
    return (int) best(counts, centres);
  }

  /**
   * The threshold of float64 values; 256 equal bins from the least to the greatest.
   *
   * @param values at least one, none NaN
   * @return the one value if there is only one
   */
  public static double of(double[] values) {
    double least = values[0];
    double greatest = values[0];
    for (double value : values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (least == greatest) {
      return least;
    }
    EqualBins bins = new EqualBins(least, greatest);
    for (double value : values) {
      bins.add(value);
    }
    return of(bins);
  }

  /** The threshold of values that were counted one by one. */
  static double of(EqualBins bins) {
    return best(bins.counts(), bins.centres());
  }

  private static double best(float[] counts, double[] centres) {
    int bins = counts.length;
    float[] weightAbove = new float[bins];
    double[] meanAbove = new double[bins];
    float weight = 0;
    double moment = 0;
    for (int i = bins - 1; i >= 0; i--) {
      weight += counts[i];
      moment += counts[i] * centres[i];
      weightAbove[i] = weight;
      meanAbove[i] = moment / weight;
    }
    weight = 0;
    moment = 0;
    double highest = Double.NEGATIVE_INFINITY;
    int at = 0;
    for (int i = 0; i < bins - 1; i++) {
      weight += counts[i];
      moment += counts[i] * centres[i];
      double apart = moment / weight - meanAbove[i + 1];
      // float32 until it meets the square, as numpy has it: near-ties depend on it.
      float weights = weight * weightAbove[i + 1];
      double variance = weights * (apart * apart);
      if (variance > highest) {
        highest = variance;
        at = i;
      }
    }
    return centres[at];
  }
}
