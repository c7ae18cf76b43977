// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.pixels.BatchPool;
import java.util.List;
import java.util.Optional;

/**
 * What fits in memory: the process itself, each worker's activations, batches read ahead, and the
 * rest for decoded tiles.
 *
 * @param batch windows computed together; fewer than asked for where memory is short
 * @param cacheBytes of decoded tiles
 * @param notes sentences for the record, where less is used than was asked for
 */
record MemoryBudget(int batch, long cacheBytes, List<String> notes) {
  private static final long MIB = 1L << 20;

  /** The virtual machine, its heap of maps and records, and libtorch with its weights. */
  static final long PROCESS_BYTES = 640 * MIB;

  /** A row of tiles of a very wide slide; more only helps where tissue is wider. */
  static final long MOST_CACHE_BYTES = 256 * MIB;

  /** With less, tiles are decoded again and again. */
  static final long LEAST_CACHE_BYTES = 32 * MIB;

  /**
   * Fits the run into {@code options.memoryBytes()}.
   *
   * @throws MicrometException of kind RESOURCE if not even one window a batch fits
   */
  static MemoryBudget of(DetectOptions options, Model model) {
    Optional<Long> bound = options.memoryBytes();
    if (bound.isEmpty()) {
      return new MemoryBudget(options.batch(), MOST_CACHE_BYTES, List.of());
    }
    for (int batch = options.batch(); batch >= 1; batch /= 2) {
      long rest = bound.get() - bytesWithoutCache(batch, options, model);
      if (rest >= LEAST_CACHE_BYTES) {
        List<String> notes =
            batch == options.batch()
                ? List.of()
                : List.of(
                    "Batches have "
                        + batch
                        + " windows instead of "
                        + options.batch()
                        + ", so that the run fits in "
                        + bound.get() / MIB
                        + " MiB.");
        return new MemoryBudget(batch, Math.min(rest, MOST_CACHE_BYTES), notes);
      }
    }
    long needed = bytesWithoutCache(1, options, model) + LEAST_CACHE_BYTES;
    throw new MicrometException(
        ErrorKind.RESOURCE,
        "--memory " + bound.get() / MIB + "M",
        "is less than the "
            + (needed + MIB - 1) / MIB
            + " MiB that "
            + options.workers()
            + " threads need",
        "Give more memory or fewer --threads.");
  }

  private static long bytesWithoutCache(int batch, DetectOptions options, Model model) {
    int window = model.source().contract().window();
    long workers = options.workers() * model.engine().workingBytes(batch, window);
    long batches =
        (long) BandScorer.batchesInFlight(options.workers()) * BatchPool.bytes(batch, window);
    return PROCESS_BYTES + workers + batches;
  }
}
