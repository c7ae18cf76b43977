// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.net.EngineInfo;
import java.util.ArrayList;
import java.util.List;
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
 * @param labels what every reader of the result must know, e.g. that the network is untrained or
 *     the slide synthetic; printed on every picture
 */
public record Provenance(
    Software software,
    Machine machine,
    EngineInfo engine,
    ModelSource model,
    Parameters parameters,
    Parameters resources,
    List<String> labels) {
  private static final int HASH_DIGITS = 12;

  public Provenance {
    Objects.requireNonNull(software);
    Objects.requireNonNull(machine);
    Objects.requireNonNull(engine);
    Objects.requireNonNull(model);
    Objects.requireNonNull(parameters);
    Objects.requireNonNull(resources);
    labels = List.copyOf(labels);
  }

  /** The same with one more label. */
  public Provenance withLabel(String label) {
    List<String> more = new ArrayList<>(labels);
    more.add(label);
    return new Provenance(software, machine, engine, model, parameters, resources, more);
  }

  /** Program, model with the first digits of its hash, and precision: one line for a picture. */
  public String inShort() {
    String hash = model.sha256();
    return "Micromet "
        + software.micromet()
        + ", "
        + model.name()
        + (hash.isEmpty() ? "" : " (" + hash.substring(0, HASH_DIGITS) + ")")
        + ", "
        + engine.precision();
  }
}
