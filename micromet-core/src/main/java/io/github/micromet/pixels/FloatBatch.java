// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.pixels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Some patches of one size, N,S,S,3 float32 RGB of 0..255, in one direct buffer: what augmentation
 * makes of pixels. The network scales it by its contract, as it does a {@link PixelBatch}.
 *
 * <p>Threads: many may fill different slots; handed over through a queue. Closing runs what the
 * owner gave, which takes the buffer back.
 */
public final class FloatBatch implements AutoCloseable {
  private final FloatBuffer rgb; // capacity,S,S,3 float32
  private final int size;
  private final int capacity;
  private final Runnable giveBack;
  private int count;

  /**
   * @param capacity patches at most
   * @param size edge of a patch in pixels
   * @param giveBack runs at {@link #close()}
   */
  public FloatBatch(int capacity, int size, Runnable giveBack) {
    int floats = BatchPool.bytes(capacity, size);
    this.rgb =
        ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    this.size = size;
    this.capacity = capacity;
    this.giveBack = giveBack;
  }

  /** Patches in use, at most {@link #capacity()}. */
  public int count() {
    return count;
  }

  /** Edge of a patch in pixels, S. */
  public int size() {
    return size;
  }

  public int capacity() {
    return capacity;
  }

  /** Says how many of the slots hold patches. */
  public void setCount(int patches) {
    if (patches < 0 || patches > capacity) {
      throw new IllegalArgumentException(patches + " patches in a batch of " + capacity);
    }
    count = patches;
  }

  /** The direct floats of the patches in use, N,S,S,3; position 0, limit count*S*S*3. */
  public FloatBuffer rgb() {
    return rgb.duplicate().clear().limit(count * size * size * 3);
  }

  /** Writes one slot. */
  public void put(int index, float[] patch) {
    int floats = size * size * 3;
    rgb.duplicate().clear().position(index * floats).put(patch, 0, floats);
  }

  @Override
  public void close() {
    giveBack.run();
  }
}
