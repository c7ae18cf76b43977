// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Measures the stages of one slide's run, which follow each other.
 *
 * <p>Threads: confined to the one that leads the run.
 */
public final class StageClock {
  private static final double NANOS = 1e9;

  private final LongSupplier wallNanos;
  private final LongSupplier cpuNanos;
  private final Instant started;
  private final long startWall;
  private final long startCpu;
  private final Map<String, Double> stages = new LinkedHashMap<>();
  private String stage = "";
  private long stageStart;

  /** The system's clock and the whole process's processor time. */
  public StageClock() {
    this(Clock.systemUTC(), System::nanoTime, StageClock::processCpuNanos);
  }

  /**
   * @param clock for the time it began
   * @param wallNanos nanoseconds from anywhere, ever rising
   * @param cpuNanos nanoseconds of processor time, ever rising
   */
  public StageClock(Clock clock, LongSupplier wallNanos, LongSupplier cpuNanos) {
    this.wallNanos = wallNanos;
    this.cpuNanos = cpuNanos;
    this.started = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    this.startWall = wallNanos.getAsLong();
    this.startCpu = cpuNanos.getAsLong();
    this.stageStart = startWall;
  }

  /** Ends the stage before and begins this one; a stage that comes twice is summed. */
  public void begin(String name) {
    long now = wallNanos.getAsLong();
    endStage(now);
    stage = name;
    stageStart = now;
  }

  /**
   * The timing up to now; the clock may go on.
   *
   * @param windows that the stage {@code scoring} did
   * @param scoring the stage to divide them by
   */
  public Timing timing(long windows, String scoring) {
    long now = wallNanos.getAsLong();
    endStage(now);
    stageStart = now;
    double inScoring = stages.getOrDefault(scoring, 0.0);
    return new Timing(
        started.toString(),
        seconds(now - startWall),
        seconds(cpuNanos.getAsLong() - startCpu),
        inScoring > 0 ? Math.round(windows / inScoring * 10) / 10.0 : 0,
        stages);
  }

  private void endStage(long now) {
    if (!stage.isEmpty()) {
      // Milliseconds are plenty, and readable.
      stages.merge(stage, seconds(now - stageStart), (a, b) -> Math.round((a + b) * 1e3) / 1e3);
    }
  }

  private static double seconds(long nanos) {
    return Math.round(nanos / NANOS * 1e3) / 1e3;
  }

  private static long processCpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? Math.max(0, system.getProcessCpuTime())
        : 0;
  }
}
