// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

import io.github.micromet.patch.ReadAhead;
import io.github.micromet.pixels.FloatBatch;
import io.github.micromet.train.augment.Augmentation;
import io.github.micromet.train.label.LabelledRegion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads one epoch's regions and makes them into batches, ahead of whoever computes.
 *
 * <p>Threads: has its own readers, which fill one batch together: a batch of 128 regions is 1152
 * patches of 600 KB, so there is never one a reader. One batch is filled while another is computed.
 * Batches are handed out in order and hold the same values whatever the number of readers, because
 * a patch's seed depends on nothing but the run, the epoch and its place in the list. The first
 * failure stops the readers and is thrown by {@link #next()} once they have stopped.
 */
public final class SampleReader implements AutoCloseable {
  /** A batch that readers fill together. */
  private final class Filling {
    private final int number;
    private final FloatBatch pixels;
    private final float[] labels;
    private final int first; // position in the order
    private final int end;
    private final AtomicInteger missing;
    private int nextPosition; // by the turnstile
    private int nextPatch;

    private Filling(int number, FloatBatch pixels) {
      this.number = number;
      this.pixels = pixels;
      this.first = number * options.batchRegions();
      this.end = Math.min(first + options.batchRegions(), order.length);
      this.labels = new float[patches(first, end)];
      this.missing = new AtomicInteger(end - first);
      this.nextPosition = first;
    }
  }

  /** One region's place in a batch. */
  private record Turn(Filling filling, int position, int firstPatch) {}

  private final List<LabelledRegion> regions;
  private final int[] order;
  private final SampleOptions options;
  private final Augmentation augmentation;
  private final int epoch;
  private final int firstBatch;
  private final SampleStore store;
  private final boolean ownsStore;
  private final ReadAhead<TrainingBatch> ahead;
  private final ReentrantLock turnstile = new ReentrantLock();
  private final Set<Filling> undelivered = ConcurrentHashMap.newKeySet();

  private Filling current; // absent before the first; by the turnstile, as is the next
  private int opened;

  /**
   * Starts reading.
   *
   * @param store of the training, with room for a batch of these regions
   * @param regions all of the list
   * @param order indices of the regions to read; see {@link EpochOrder}
   * @param augmentation of every patch; {@link Augmentation#NONE} for validation
   * @param epoch part of every patch's seed
   * @param firstBatch batches of this epoch that are passed over, for a run that goes on
   */
  public SampleReader(
      SampleStore store,
      List<LabelledRegion> regions,
      int[] order,
      Augmentation augmentation,
      int epoch,
      int firstBatch) {
    this(store, false, regions, order, augmentation, epoch, firstBatch);
  }

  /** As the other, with a store of its own, which {@link #close()} closes. */
  public SampleReader(
      List<LabelledRegion> regions,
      int[] order,
      SampleOptions options,
      Augmentation augmentation,
      int epoch,
      int firstBatch) {
    this(SampleStore.of(options, regions), true, regions, order, augmentation, epoch, firstBatch);
  }

  private SampleReader(
      SampleStore store,
      boolean ownsStore,
      List<LabelledRegion> regions,
      int[] order,
      Augmentation augmentation,
      int epoch,
      int firstBatch) {
    this.store = store;
    this.ownsStore = ownsStore;
    this.options = store.options();
    this.regions = List.copyOf(regions);
    this.order = order.clone();
    this.augmentation = augmentation;
    this.epoch = epoch;
    this.firstBatch = firstBatch;
    int all = (order.length + options.batchRegions() - 1) / options.batchRegions();
    if (firstBatch < 0 || firstBatch > all) {
      throw new IllegalArgumentException("batch " + firstBatch + " of " + all);
    }
    if (mostPatches() > store.pool().capacity()) {
      throw new IllegalArgumentException("the store's buffers are smaller than a batch");
    }
    this.ahead = new ReadAhead<>("samples", all - firstBatch, TrainingBatch::close);
    ahead.start(options.readers(), this::work);
  }

  /** Patches in the largest batch. */
  private int mostPatches() {
    int most = 0;
    for (int first = 0; first < order.length; first += options.batchRegions()) {
      most = Math.max(most, patches(first, Math.min(first + options.batchRegions(), order.length)));
    }
    return most;
  }

  private int patches(int first, int end) {
    int patches = 0;
    for (int i = first; i < end; i++) {
      patches += regions.get(order[i]).labels().size();
    }
    return patches;
  }

  /** How many batches {@link #next()} gives in all. */
  public int batches() {
    return ahead.batches();
  }

  /**
   * The next batch in order, waiting for it; the caller closes it, and holds two at most. Empty
   * when all have been handed out.
   *
   * @throws IllegalStateException if this reader is closed
   * @throws RuntimeException the first failure: a slide or an image that cannot be read
   */
  public Optional<TrainingBatch> next() throws InterruptedException {
    return ahead.next();
  }

  /** Whoever computes has failed: the readers stop, and {@link #next()} throws this. */
  public void fail(Throwable cause) {
    ahead.fail(cause);
  }

  /** Stops the readers, waits for them and gives every buffer back that was not handed out. */
  @Override
  public void close() {
    ahead.close();
    undelivered.forEach(filling -> filling.pixels.close());
    undelivered.clear();
    if (ownsStore) {
      store.close();
    }
  }

  private ReadAhead.Work work() {
    RegionPatches patches = new RegionPatches(store.slides(), options);
    float[] altered = new float[options.window() * options.window() * 3];
    return () -> {
      Optional<Turn> turn = ahead.waitFor(this::claim);
      turn.ifPresent(t -> read(t, patches, altered));
      return turn.isPresent();
    };
  }

  /** The next region in order. Whoever opens a batch waits for its buffer; the others for that. */
  private Optional<Turn> claim() throws InterruptedException {
    turnstile.lockInterruptibly();
    try {
      if (current == null || current.nextPosition == current.end) {
        if (opened == ahead.batches()) {
          return Optional.empty();
        }
        current = new Filling(firstBatch + opened, store.pool().take());
        undelivered.add(current);
        opened++;
      }
      Filling filling = current;
      int position = filling.nextPosition++;
      int patch = filling.nextPatch;
      filling.nextPatch += regions.get(order[position]).labels().size();
      return Optional.of(new Turn(filling, position, patch));
    } finally {
      turnstile.unlock();
    }
  }

  private void read(Turn turn, RegionPatches patches, float[] altered) {
    int index = order[turn.position()];
    LabelledRegion region = regions.get(index);
    Filling filling = turn.filling();
    List<byte[]> read = patches.of(region);
    for (int i = 0; i < read.size(); i++) {
      if (ahead.isStopping()) {
        return;
      }
      long seed = PatchSeed.of(options.seed(), epoch, index, i);
      augmentation.apply(read.get(i), options.window(), seed, altered);
      filling.pixels.put(turn.firstPatch() + i, altered);
      filling.labels[turn.firstPatch() + i] = region.labels().get(i);
    }
    if (filling.missing.decrementAndGet() == 0) {
      deliver(filling);
    }
  }

  private void deliver(Filling filling) {
    filling.pixels.setCount(filling.labels.length);
    TrainingBatch batch = new TrainingBatch(filling.pixels, filling.labels);
    // Without the turnstile: whoever waits there for a buffer may be waiting for this batch's end.
    if (ahead.deliver(filling.number - firstBatch, batch)) {
      undelivered.remove(filling);
    }
  }
}
