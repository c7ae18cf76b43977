// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import io.github.micromet.net.CalibratedEngine;
import io.github.micromet.net.Engine;
import io.github.micromet.run.ModelSource;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A network ready to run, and where it came from. Closing it closes the engine.
 *
 * @param engine shared by all workers
 * @param source for the record
 * @param temperature that the engine divides its logits by; empty if it was not calibrated
 */
public record Model(Engine engine, ModelSource source, OptionalDouble temperature)
    implements AutoCloseable {
  public Model {
    Objects.requireNonNull(engine);
    Objects.requireNonNull(source);
    Objects.requireNonNull(temperature);
  }

  /** A network as it was trained. */
  public Model(Engine engine, ModelSource source) {
    this(engine, source, OptionalDouble.empty());
  }

  /**
   * The same with calibrated logits; takes this one's place, which is not closed.
   *
   * @throws IllegalStateException if it is calibrated already
   */
  public Model calibrated(double by) {
    if (temperature.isPresent()) {
      throw new IllegalStateException("a model is calibrated once");
    }
    return new Model(new CalibratedEngine(engine, by), source, OptionalDouble.of(by));
  }

  @Override
  public void close() {
    engine.close();
  }
}
