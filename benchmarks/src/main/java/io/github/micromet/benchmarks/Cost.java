// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What some work cost.
 *
 * @param units of work done
 * @param seconds by the clock
 * @param cpuSeconds of the process
 */
record Cost(long units, double seconds, double cpuSeconds) {
  /** Work that may fail. */
  @FunctionalInterface
  interface Work {
    long run() throws Exception;
  }

  /** Runs work that says how many units it did. */
  static Cost of(Work work) throws Exception {
    OperatingSystemMXBean os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = os.getProcessCpuTime();
    long start = System.nanoTime();
    long units = work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Cost(units, seconds, (os.getProcessCpuTime() - cpu) / 1e9);
  }

  Cost plus(Cost other) {
    return new Cost(units + other.units, seconds + other.seconds, cpuSeconds + other.cpuSeconds);
  }

  double perSecond() {
    return units / seconds;
  }

  double perCpuSecond() {
    return units / cpuSeconds;
  }

  double millis() {
    return seconds / units * 1e3;
  }

  double cpuMillis() {
    return cpuSeconds / units * 1e3;
  }
}
