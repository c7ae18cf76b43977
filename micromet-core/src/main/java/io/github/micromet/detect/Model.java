// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import io.github.micromet.net.Engine;
import io.github.micromet.run.ModelSource;
import java.util.Objects;

/**
 * A network ready to run, and where it came from. Closing it closes the engine.
 *
 * @param engine shared by all workers
 * @param source for the record
 */
public record Model(Engine engine, ModelSource source) implements AutoCloseable {
  public Model {
    Objects.requireNonNull(engine);
    Objects.requireNonNull(source);
  }

  @Override
  public void close() {
    engine.close();
  }
}
