// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

import io.github.micromet.train.label.LabelledRegion;
import java.util.List;

/**
 * Labelled patches as they are, for scoring instead of training: read and resampled as a training
 * reads them, not altered and not scaled.
 *
 * <p>Threads: confined to one.
 */
public final class PlainPatches implements AutoCloseable {
  private final OpenSlides slides;
  private final RegionPatches patches;

  /**
   * @param options window, spacing and cache; batches, readers and seed play no part
   */
  public PlainPatches(SampleOptions options) {
    this.slides = new OpenSlides(1, options.cacheBytes());
    this.patches = new RegionPatches(slides, options);
  }

  /**
   * The patches of one place, as many as it has labels.
   *
   * @return window,window,3 uint8 RGB each; valid until the next call
   * @throws io.github.micromet.error.MicrometException if the file cannot be read
   */
  public List<byte[]> of(LabelledRegion region) {
    return patches.of(region);
  }

  @Override
  public void close() {
    slides.close();
  }
}
