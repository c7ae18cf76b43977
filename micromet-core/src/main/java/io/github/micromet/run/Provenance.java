// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.net.EngineInfo;
import java.util.Objects;

/**
 * Everything but the slide that a result comes from.
 *
 * @param software which programs
 * @param machine on what
 * @param engine what really computed: library, device and precision, not what was asked for
 * @param model which network
 * @param parameters the settings that decide the numbers: mode, precision, batch, tissue rule,
 *     level, thresholds
 * @param resources the settings that must not: threads, memory
 */
public record Provenance(
    Software software,
    Machine machine,
    EngineInfo engine,
    ModelSource model,
    Parameters parameters,
    Parameters resources) {
  public Provenance {
    Objects.requireNonNull(software);
    Objects.requireNonNull(machine);
    Objects.requireNonNull(engine);
    Objects.requireNonNull(model);
    Objects.requireNonNull(parameters);
    Objects.requireNonNull(resources);
  }
}
