// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.pixels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A fixed number of direct buffers, so that reading ahead is bounded: whoever wants one more waits
 * until one is given back.
 *
 * <p>Threads: safe for many.
 */
public final class BatchPool {
  private final BlockingQueue<PixelBatch> free;
  private final int capacity;
  private final int size;

  /**
   * @param batches how many exist at once
   * @param capacity windows in a batch
   * @param size edge of a window in pixels
   */
  public BatchPool(int batches, int capacity, int size) {
    this.capacity = capacity;
    this.size = size;
    free = new ArrayBlockingQueue<>(batches);
    for (int i = 0; i < batches; i++) {
      ByteBuffer buffer =
          ByteBuffer.allocateDirect(bytes(capacity, size)).order(ByteOrder.nativeOrder());
      free.add(new PixelBatch(buffer, size, capacity, this));
    }
  }

  /**
   * Bytes of one batch's buffer.
   *
   * @throws ArithmeticException if they are more than one buffer can hold (2 GiB)
   */
  public static int bytes(int capacity, int size) {
    return Math.multiplyExact(Math.multiplyExact(capacity, size), Math.multiplyExact(size, 3));
  }

  /** Windows in a batch, at most. */
  public int capacity() {
    return capacity;
  }

  /** Edge of a window in pixels. */
  public int size() {
    return size;
  }

  /** Batches that nobody has taken now; for tests of ownership. */
  public int free() {
    return free.size();
  }

  /** A batch with count 0, waiting for one to be free. */
  public PixelBatch take() throws InterruptedException {
    PixelBatch batch = free.take();
    batch.setCount(0);
    return batch;
  }

  void giveBack(PixelBatch batch) {
    if (free.contains(batch) || !free.offer(batch)) {
      throw new IllegalStateException("a batch was closed twice");
    }
  }
}
