// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.pixels;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * At most so many {@link FloatBatch}es, made when first needed and then used again: a batch of a
 * thousand patches is 700 MB, and the collector would free it when it likes.
 *
 * <p>Threads: safe for many.
 */
public final class FloatPool {
  private final int batches;
  private final int capacity;
  private final int size;
  private final Deque<FloatBatch> idle = new ArrayDeque<>(); // by this
  private int taken; // by this

  /**
   * @param batches how many exist at once
   * @param capacity patches in a batch
   * @param size edge of a patch in pixels
   * @throws ArithmeticException if a batch is more than one buffer can hold (2 GiB)
   */
  public FloatPool(int batches, int capacity, int size) {
    if (batches <= 0 || capacity <= 0 || size <= 0) {
      throw new IllegalArgumentException("a pool has batches of patches");
    }
    bytes(capacity, size);
    this.batches = batches;
    this.capacity = capacity;
    this.size = size;
  }

  /**
   * Bytes of one batch's buffer.
   *
   * @throws ArithmeticException if they are more than one buffer can hold (2 GiB)
   */
  public static int bytes(int capacity, int size) {
    return Math.multiplyExact(BatchPool.bytes(capacity, size), Float.BYTES);
  }

  /** Patches in a batch, at most. */
  public int capacity() {
    return capacity;
  }

  /** Edge of a patch in pixels. */
  public int size() {
    return size;
  }

  /** Batches that nobody has taken now; for tests of ownership. */
  public synchronized int free() {
    return batches - taken;
  }

  /**
   * A batch with count 0, waiting for one to be free.
   *
   * @throws MicrometException of kind RESOURCE if there is no memory for a new one
   */
  public synchronized FloatBatch take() throws InterruptedException {
    while (taken == batches) {
      wait();
    }
    FloatBatch batch = idle.isEmpty() ? made() : idle.pop();
    batch.setCount(0);
    taken++;
    return batch;
  }

  private FloatBatch made() {
    try {
      FloatBatch[] self = new FloatBatch[1];
      self[0] = new FloatBatch(capacity, size, () -> giveBack(self[0]));
      return self[0];
    } catch (OutOfMemoryError e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          "memory",
          "there is none for a batch of "
              + capacity
              + " patches ("
              + (bytes(capacity, size) >> 20)
              + " MiB)",
          "Use smaller batches.",
          e);
    }
  }

  private synchronized void giveBack(FloatBatch batch) {
    if (idle.contains(batch)) {
      throw new IllegalStateException("a batch was closed twice");
    }
    idle.push(batch);
    taken--;
    notifyAll();
  }
}
