// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.pixels.PixelBatch;

/**
 * Runs the network. Plain Java in, plain Java out, so each call closes its own native memory.
 *
 * <p>Threads: safe for many at once; each caller's call uses one core.
 */
public interface Engine extends AutoCloseable {
  EngineInfo info();

  ModelContract contract();

  /** Outputs per side for an input of {@code size} pixels; 1 for the contract's window. */
  int outputsPerSide(int size);

  /**
   * Native memory that one call needs at its peak, beside the weights: an estimate from
   * measurements, for planning.
   *
   * @param batch windows
   * @param size edge of a window in pixels
   */
  long workingBytes(int batch, int size);

  /** Native memory that the engine holds while it is open, with its library. */
  long residentBytes();

  /**
   * The logits of a batch.
   *
   * @param in N,S,S,3 uint8 RGB as stored; the engine scales and orders channels by its contract
   * @param out N,k,k float32 with k = outputsPerSide(S); at least that long
   */
  void logits(PixelBatch in, float[] out);

  @Override
  void close();
}
