// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Tiles that could not be decoded and were white in the patches: told once each.
 *
 * <p>Threads: one at a time.
 */
final class WhiteTiles {
  private final Supplier<Map<String, Integer>> counts;
  private final Map<String, Integer> told = new TreeMap<>();

  /**
   * @param counts so far, by slide
   */
  WhiteTiles(Supplier<Map<String, Integer>> counts) {
    this.counts = counts;
  }

  /** Tells the slides whose number is greater than when it was told last. */
  void tell(BiConsumer<String, Integer> listener) {
    counts
        .get()
        .forEach(
            (slide, count) -> {
              if (count > told.getOrDefault(slide, 0)) {
                told.put(slide, count);
                listener.accept(slide, count);
              }
            });
  }
}
