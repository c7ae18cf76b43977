// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

/**
 * How labelled places become batches.
 *
 * @param window edge of a patch in pixels, the network's
 * @param regionSize edge in level-0 pixels of a region that is split
 * @param gridSide patches along an edge of a region
 * @param modelMpp microns per pixel that patch images are resampled to
 * @param batchRegions regions in a batch; the last may have fewer
 * @param readers threads that read
 * @param seed of the run, from which every patch's own is made
 * @param cacheBytes of decoded tiles, of all open slides together
 */
public record SampleOptions(
    int window,
    int regionSize,
    int gridSide,
    double modelMpp,
    int batchRegions,
    int readers,
    long seed,
    long cacheBytes) {
  /** The reference's patch, 224. */
  public static final int WINDOW = 224;

  /** The reference's region, 768. */
  public static final int REGION_SIZE = 768;

  /** The reference's grid, 3 x 3. */
  public static final int GRID_SIDE = 3;

  public SampleOptions {
    if (window <= 0 || gridSide <= 0 || regionSize < window || batchRegions <= 0 || readers <= 0) {
      throw new IllegalArgumentException("a batch has regions of patches and somebody reads them");
    }
    if (!(modelMpp > 0) || Double.isInfinite(modelMpp) || cacheBytes < 0) {
      throw new IllegalArgumentException("mpp is positive and the cache not negative");
    }
  }

  /** Patches of one region. */
  public int patches() {
    return gridSide * gridSide;
  }

  /** Pixels from one patch to the next: 272 for three patches of 224 in 768, not 256. */
  public int step() {
    return gridSide == 1 ? 0 : (regionSize - window) / (gridSide - 1);
  }
}
