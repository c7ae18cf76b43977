// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import com.sun.management.OperatingSystemMXBean;
import io.github.micromet.run.Timing;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Times the stages of one slide, or of a run; stages follow each other. Threads: one. */
final class Stopwatch {
  private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final long start = System.nanoTime();
  private final double cpuStart = cpuSeconds();
  private final Map<String, Double> stages = new LinkedHashMap<>();
  private long stageStart = start;

  /** The stage that ran until now has this name. */
  void lap(String stage) {
    long now = System.nanoTime();
    stages.merge(stage, (now - stageStart) / 1e9, Double::sum);
    stageStart = now;
  }

  /** Adds another's stages to this one's, by name. */
  void add(Timing timing) {
    timing.stages().forEach((stage, seconds) -> stages.merge(stage, seconds, Double::sum));
  }

  /**
   * The times until now.
   *
   * @param windows scored
   * @param scoring name of the stage that scored them
   */
  Timing timing(long windows, String scoring) {
    double seconds = stages.getOrDefault(scoring, 0.0);
    return new Timing(
        started.toString(),
        (System.nanoTime() - start) / 1e9,
        cpuSeconds() - cpuStart,
        windows == 0 || seconds == 0 ? 0 : windows / seconds,
        stages);
  }

  private static double cpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os
        ? os.getProcessCpuTime() / 1e9
        : 0;
  }
}
