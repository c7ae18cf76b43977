// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.pixels.BatchPool;
import java.util.List;
import java.util.Optional;

/**
 * What fits in memory: the engine, each worker's activations, batches read ahead, and the virtual
 * machine with its heap, of which a part holds decoded tiles.
 *
 * @param batch windows computed together; fewer than asked for where memory is short
 * @param cacheBytes of decoded tiles
 * @param notes sentences for the record, where less is used than was asked for
 */
record MemoryBudget(int batch, long cacheBytes, List<String> notes) {
  private static final long MIB = 1L << 20;

  /** The virtual machine beside its heap: code, classes, threads. */
  static final long MACHINE_BYTES = 128 * MIB;

  /** A row of tiles of a very wide slide; more only helps where tissue is wider. */
  static final long MOST_CACHE_BYTES = 512 * MIB;

  /** The rest of the heap is for plans, maps and records. */
  private static final double CACHE_PART_OF_HEAP = 0.4;

  /**
   * Fits the run into {@code options.memoryBytes()}.
   *
   * @throws MicrometException of kind RESOURCE if not even one window a batch fits
   */
  static MemoryBudget of(DetectOptions options, Model model) {
    return of(options, model, Runtime.getRuntime().maxMemory());
  }

  /** As the other, for a virtual machine with that heap. */
  static MemoryBudget of(DetectOptions options, Model model, long heapBytes) {
    long cache = Math.min((long) (heapBytes * CACHE_PART_OF_HEAP), MOST_CACHE_BYTES);
    Optional<Long> bound = options.memoryBytes();
    if (bound.isEmpty()) {
      return new MemoryBudget(options.batch(), cache, List.of());
    }
    for (int batch = options.batch(); batch >= 1; batch /= 2) {
      if (bytes(batch, options, model, heapBytes) <= bound.get()) {
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
        return new MemoryBudget(batch, cache, notes);
      }
    }
    long needed = bytes(1, options, model, heapBytes);
    throw new MicrometException(
        ErrorKind.RESOURCE,
        "--memory " + bound.get() / MIB + "M",
        "is less than the "
            + (needed + MIB - 1) / MIB
            + " MiB that "
            + options.workers()
            + " threads need",
        "Give more memory, fewer --threads, or a smaller heap (MICROMET_HEAP).");
  }

  private static long bytes(int batch, DetectOptions options, Model model, long heapBytes) {
    int window = model.source().contract().window();
    long workers = options.workers() * model.engine().workingBytes(batch, window);
    long batches =
        (long) BandScorer.batchesInFlight(options.workers()) * BatchPool.bytes(batch, window);
    return MACHINE_BYTES + heapBytes + model.engine().residentBytes() + workers + batches;
  }
}
