// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

import io.github.micromet.pixels.FloatBatch;

/**
 * The patches of one step, region by region and then row by row, with their labels.
 *
 * @param pixels N,S,S,3 float32; this batch owns it
 * @param labels N, 0 or 1
 */
public record TrainingBatch(FloatBatch pixels, float[] labels) implements AutoCloseable {
  /** Gives the buffer back. */
  @Override
  public void close() {
    pixels.close();
  }
}
