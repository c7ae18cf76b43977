// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.pixels;

import io.github.micromet.slide.RgbImage;
import java.nio.ByteBuffer;

/**
 * Some windows of one size, N,S,S,3 uint8 RGB, in one direct buffer taken from a pool.
 *
 * <p>Threads: one at a time; handed from reader to worker through a queue. Closing gives the buffer
 * back to its pool; nothing waits for the garbage collector.
 */
public final class PixelBatch implements AutoCloseable {
  private final ByteBuffer rgb; // capacity,S,S,3 uint8
  private final int size;
  private final int capacity;
  private final BatchPool pool;
  private int count;

  PixelBatch(ByteBuffer rgb, int size, int capacity, BatchPool pool) {
    this.rgb = rgb;
    this.size = size;
    this.capacity = capacity;
    this.pool = pool;
  }

  /** Windows in use, at most {@link #capacity()}. */
  public int count() {
    return count;
  }

  /** Edge of a window in pixels, S. */
  public int size() {
    return size;
  }

  public int capacity() {
    return capacity;
  }

  /** Says how many of the slots hold windows. */
  public void setCount(int windows) {
    if (windows < 0 || windows > capacity) {
      throw new IllegalArgumentException(windows + " windows in a batch of " + capacity);
    }
    count = windows;
  }

  /** The direct bytes of the windows in use, N,S,S,3 uint8; position 0, limit count*S*S*3. */
  public ByteBuffer rgb() {
    return rgb.duplicate().clear().limit(count * size * size * 3);
  }

  /** A view of one slot, read straight into. */
  public RgbImage slot(int index) {
    int bytes = size * size * 3;
    return RgbImage.view(rgb.duplicate().clear().position(index * bytes), size, size);
  }

  @Override
  public void close() {
    pool.giveBack(this);
  }
}
