// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.patch;

import io.github.micromet.grid.Band;
import io.github.micromet.pixels.BatchPool;
import io.github.micromet.pixels.PixelBatch;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.Slide;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads a plan's windows in batches, ahead of whoever computes.
 *
 * <p>Threads: has its own readers; any number of workers may call {@link #next()}. Batches are
 * formed and handed out in plan order, whatever the timing, because the last bit of a result
 * depends on its batch. What is read ahead is bounded by the pool. How failures travel: see {@link
 * ReadAhead}.
 */
public final class BatchReader implements AutoCloseable {
  private record Part(Band band, List<Window> windows) {}

  private final Slide slide;
  private final int level;
  private final List<Part> parts;
  private final BatchPool pool;
  private final ReadAhead<PlannedBatch> ahead;
  private final AtomicInteger turns = new AtomicInteger();

  /**
   * Starts reading.
   *
   * @param bands whose windows to read, in this order; a batch never crosses a band
   * @param batchSize windows in a batch; the last of a band may have fewer
   * @param readers threads that read
   * @param pool of batches of at least that capacity, of the plan's window size
   */
  public BatchReader(
      Slide slide, ReadPlan plan, List<Band> bands, int batchSize, int readers, BatchPool pool) {
    if (batchSize <= 0 || readers <= 0) {
      throw new IllegalArgumentException("a batch has windows and somebody reads them");
    }
    if (pool.capacity() < batchSize || pool.size() != plan.windowSize()) {
      throw new IllegalArgumentException("the pool's batches do not fit the plan");
    }
    this.slide = slide;
    this.level = plan.level();
    this.pool = pool;
    this.parts = parts(plan, bands, batchSize);
    this.ahead = new ReadAhead<>(slide.name(), parts.size(), PlannedBatch::close);
    ahead.start(readers, () -> this::readOne);
  }

  private static List<Part> parts(ReadPlan plan, List<Band> bands, int batchSize) {
    List<Part> parts = new ArrayList<>();
    for (Band band : bands) {
      List<Window> windows = plan.in(band);
      for (int at = 0; at < windows.size(); at += batchSize) {
        int end = Math.min(at + batchSize, windows.size());
        parts.add(new Part(band, windows.subList(at, end)));
      }
    }
    return parts;
  }

  /** How many batches there are in all. */
  public int batches() {
    return parts.size();
  }

  /**
   * The next batch in plan order, waiting for it; the caller closes it. Empty when all have been
   * handed out.
   *
   * @throws IllegalStateException if this reader is closed
   * @throws RuntimeException the first failure, the same for every caller
   */
  public Optional<PlannedBatch> next() throws InterruptedException {
    return ahead.next();
  }

  /**
   * A worker has failed: all readers stop, and other workers get this from {@link #next()}. Only
   * the first failure counts.
   */
  public void fail(Throwable cause) {
    ahead.fail(cause);
  }

  /** Stops the readers, waits for them and gives every buffer back that was not handed out. */
  @Override
  public void close() {
    ahead.close();
  }

  private boolean readOne() throws InterruptedException {
    // The buffer first, then the turn: whoever has the lowest turn then never waits for a buffer,
    // so the batch that everybody waits for is always under way.
    PixelBatch pixels = ahead.waitFor(pool::take);
    boolean kept = false;
    try {
      int turn = turns.getAndIncrement();
      if (turn >= parts.size()) {
        return false;
      }
      Part part = parts.get(turn);
      read(part, pixels);
      kept = ahead.deliver(turn, new PlannedBatch(part.band(), part.windows(), pixels));
      return kept;
    } finally {
      if (!kept) {
        pixels.close();
      }
    }
  }

  private void read(Part part, PixelBatch pixels) {
    for (int i = 0; i < part.windows().size() && !ahead.isStopping(); i++) {
      Window window = part.windows().get(i);
      Region region = new Region(window.x0(), window.y0(), level, window.size(), window.size());
      slide.readRegion(region, pixels.slot(i));
    }
    pixels.setCount(part.windows().size());
  }
}
