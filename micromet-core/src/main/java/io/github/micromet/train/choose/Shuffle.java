// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.choose;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded choices that are the same on every Java: of its generator only the 64 bits are used.
 *
 * <p>Threads: one.
 */
final class Shuffle {
  private final SplittableRandom random;

  /** A stream of its own for each purpose and slide, whatever else is drawn. */
  Shuffle(long seed, String purpose) {
    random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + purpose.hashCode());
  }

  /** Puts a list into random order. */
  void shuffle(List<?> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, (int) Long.remainderUnsigned(random.nextLong(), i + 1L));
    }
  }

  /** 0 to below 1. */
  double fraction() {
    return (random.nextLong() >>> 11) * 0x1.0p-53;
  }
}
