// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.pixels.PixelBatch;
import java.util.Objects;

/**
 * Divides another engine's logits by a temperature; a logit of 0, the probability 0.5, stays.
 *
 * <p>Threads: as the other engine.
 */
public final class CalibratedEngine implements Engine {
  private final Engine engine;
  private final double temperature;

  /**
   * @param engine is closed with this
   * @param temperature positive
   */
  public CalibratedEngine(Engine engine, double temperature) {
    this.engine = Objects.requireNonNull(engine);
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("a temperature is positive, not " + temperature);
    }
    this.temperature = temperature;
  }

  @Override
  public EngineInfo info() {
    return engine.info();
  }

  @Override
  public ModelContract contract() {
    return engine.contract();
  }

  @Override
  public int outputsPerSide(int size) {
    return engine.outputsPerSide(size);
  }

  @Override
  public long workingBytes(int batch, int size) {
    return engine.workingBytes(batch, size);
  }

  @Override
  public long residentBytes() {
    return engine.residentBytes();
  }

  @Override
  public void logits(PixelBatch in, float[] out) {
    engine.logits(in, out);
    int side = engine.outputsPerSide(in.size());
    // Only what this batch filled: the array may be longer and hold older values.
    for (int i = 0; i < in.count() * side * side; i++) {
      out[i] = (float) (out[i] / temperature);
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
