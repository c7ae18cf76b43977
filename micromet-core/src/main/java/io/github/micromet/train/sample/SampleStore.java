// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

import io.github.micromet.pixels.FloatPool;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.LabelledRegion.OnSlide;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What outlives an epoch: the two buffers that batches are made in, and the open slides. One for a
 * whole training, its validation too; readers one after the other.
 *
 * <p>Threads: safe for many.
 */
public final class SampleStore implements AutoCloseable {
  /** One batch is computed while the next is filled. */
  private static final int BATCHES = 2;

  /** A slide of 100,000 pixels a side keeps about 2 MB of tile tables while it is open. */
  private static final int MOST_SLIDES = 32;

  private final SampleOptions options;
  private final FloatPool pool;
  private final OpenSlides slides;

  /**
   * Makes the store; buffers and slides come when they are needed.
   *
   * @param patchesInBatch at most, e.g. nine times {@code options.batchRegions()}
   * @throws ArithmeticException if a batch is more than one buffer can hold (2 GiB)
   */
  public SampleStore(SampleOptions options, int patchesInBatch) {
    this(options, patchesInBatch, MOST_SLIDES);
  }

  private SampleStore(SampleOptions options, int patchesInBatch, int slides) {
    this.options = options;
    this.pool = new FloatPool(BATCHES, patchesInBatch, options.window());
    this.slides =
        new OpenSlides(
            Math.max(Math.min(slides, MOST_SLIDES), options.readers()), options.cacheBytes());
  }

  /**
   * A store as large as these lists need: few slides have more of the memory for tiles each.
   *
   * @param lists of the training and of its validation
   * @throws ArithmeticException if a batch is more than one buffer can hold (2 GiB)
   */
  @SafeVarargs
  public static SampleStore of(SampleOptions options, List<LabelledRegion>... lists) {
    Set<Path> slides = new HashSet<>();
    int widest = 1;
    int longest = 1;
    for (List<LabelledRegion> list : lists) {
      longest = Math.max(longest, list.size());
      for (LabelledRegion region : list) {
        widest = Math.max(widest, region.labels().size());
        if (region.place() instanceof OnSlide on) {
          slides.add(on.file());
        }
      }
    }
    int regions = Math.min(longest, options.batchRegions());
    return new SampleStore(options, Math.multiplyExact(regions, widest), slides.size());
  }

  public SampleOptions options() {
    return options;
  }

  /** Bytes of the buffers once both are made. */
  public long bytes() {
    return (long) BATCHES * FloatPool.bytes(pool.capacity(), pool.size());
  }

  FloatPool pool() {
    return pool;
  }

  OpenSlides slides() {
    return slides;
  }

  /** How many tiles of each slide could not be decoded and were white, so far, by path. */
  public Map<String, Integer> faults() {
    return slides.faults();
  }

  /** Closes the slides. Close the readers first. */
  @Override
  public void close() {
    slides.close();
  }
}
