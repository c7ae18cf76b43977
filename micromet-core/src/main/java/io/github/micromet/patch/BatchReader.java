// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.patch;

import io.github.micromet.grid.Band;
import io.github.micromet.pixels.BatchPool;
import io.github.micromet.pixels.PixelBatch;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.Slide;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads a plan's windows in batches, ahead of whoever computes.
 *
 * <p>Threads: has its own readers; any number of workers may call {@link #next()}. Batches are
 * formed and handed out in plan order, whatever the timing, because the last bit of a result
 * depends on its batch. What is read ahead is bounded by the pool. The first failure, of a reader
 * or of a worker that calls {@link #fail}, stops all readers and is thrown by every {@code next()}
 * once they have stopped. Nothing polls.
 */
public final class BatchReader implements AutoCloseable {
  private record Part(Band band, List<Window> windows) {}

  private final Slide slide;
  private final int level;
  private final List<Part> parts;
  private final BatchPool pool;
  private final List<Thread> readers = new ArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Integer, PlannedBatch> ready = new HashMap<>(); // all below: by the lock
  private final Set<Thread> waiting = new HashSet<>(); // for a buffer
  private int claimed;
  private int handedOut;
  private int running;
  private boolean closed;
  private Throwable failure;
  private volatile boolean stopping; // written with the lock; read between windows without

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
    this.running = readers;
    for (int i = 0; i < readers; i++) {
      Thread thread = new Thread(this::run, "reader-" + (i + 1) + " " + slide.name());
      thread.setDaemon(true);
      this.readers.add(thread);
    }
    this.readers.forEach(Thread::start);
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
    lock.lockInterruptibly();
    try {
      while (true) {
        if (closed) {
          throw new IllegalStateException("the reader of " + slide.name() + " is closed");
        }
        if (failure != null) {
          throwFailureOnceStopped();
        } else if (handedOut == parts.size()) {
          return Optional.empty();
        } else if (ready.containsKey(handedOut)) {
          return Optional.of(ready.remove(handedOut++));
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void throwFailureOnceStopped() {
    if (running > 0) {
      return;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    throw failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }

  /**
   * A worker has failed: all readers stop, and other workers get this from {@link #next()}. Only
   * the first failure counts.
   */
  public void fail(Throwable cause) {
    lock.lock();
    try {
      if (failure == null && !closed) {
        failure = cause;
        stopReaders();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Stops the readers, waits for them and gives every buffer back that was not handed out. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      stopReaders();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (Thread reader : readers) {
      while (reader.isAlive()) {
        try {
          reader.join();
        } catch (InterruptedException e) {
          // The buffers must be back before anybody frees them; the interrupt is kept for later.
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** With the lock held. */
  private void stopReaders() {
    ready.values().forEach(PlannedBatch::close);
    ready.clear();
    stopping = true;
    // Only those that wait for a buffer: an interrupt in the middle of a read closes the file.
    waiting.forEach(Thread::interrupt);
    changed.signalAll();
  }

  private void run() {
    try {
      while (readOne()) {
        // One batch after the other.
      }
    } catch (InterruptedException e) {
      // Told to stop: by close(), or because another has failed.
    } catch (Throwable e) {
      fail(e);
    } finally {
      lock.lock();
      running--;
      changed.signalAll();
      lock.unlock();
    }
  }

  private boolean readOne() throws InterruptedException {
    // The buffer first, then the turn: whoever has the lowest turn then never waits for a buffer,
    // so the batch that everybody waits for is always under way.
    PixelBatch pixels = takeBuffer();
    boolean kept = false;
    try {
      int turn = claim();
      if (turn < 0) {
        return false;
      }
      Part part = parts.get(turn);
      read(part, pixels);
      kept = deliver(turn, new PlannedBatch(part.band(), part.windows(), pixels));
      return kept;
    } finally {
      if (!kept) {
        pixels.close();
      }
    }
  }

  private PixelBatch takeBuffer() throws InterruptedException {
    lock.lock();
    try {
      if (stopping) {
        throw new InterruptedException();
      }
      waiting.add(Thread.currentThread());
    } finally {
      lock.unlock();
    }
    try {
      return pool.take();
    } finally {
      lock.lock();
      waiting.remove(Thread.currentThread());
      Thread.interrupted(); // one that came with the buffer must not reach the slide's file
      lock.unlock();
    }
  }

  private int claim() {
    lock.lock();
    try {
      return stopping || claimed == parts.size() ? -1 : claimed++;
    } finally {
      lock.unlock();
    }
  }

  private void read(Part part, PixelBatch pixels) {
    for (int i = 0; i < part.windows().size() && !stopping; i++) {
      Window window = part.windows().get(i);
      Region region = new Region(window.x0(), window.y0(), level, window.size(), window.size());
      slide.readRegion(region, pixels.slot(i));
    }
    pixels.setCount(part.windows().size());
  }

  private boolean deliver(int turn, PlannedBatch batch) {
    lock.lock();
    try {
      if (stopping) {
        return false;
      }
      ready.put(turn, batch);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }
}
