// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long it took: the only part of a record that differs between two equal runs.
 *
 * @param started UTC, ISO 8601, whole seconds
 * @param seconds from start to end
 * @param cpuSeconds of the whole process in that time
 * @param windowsPerSecond of the stage that scores; 0 when there was none
 * @param stages seconds of each stage by name, in the order they ran
 */
public record Timing(
    String started,
    double seconds,
    double cpuSeconds,
    double windowsPerSecond,
    Map<String, Double> stages) {
  /** Nothing was timed. */
  public static final Timing NONE = new Timing("", 0, 0, 0, Map.of());

  public Timing {
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
  }
}
