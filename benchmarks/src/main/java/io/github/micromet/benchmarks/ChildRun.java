// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One program run as a process and watched from outside, so that ours and the rivals' are measured
 * by the same rule.
 *
 * @param seconds from start to end
 * @param cpuSeconds of the process and of its children that it waited for
 * @param peakBytes largest resident set of the process itself (Linux VmHWM)
 * @param output standard output
 */
record ChildRun(double seconds, double cpuSeconds, long peakBytes, String output) {
  private static final int POLL_MILLIS = 50;
  // Linux gives process times in ticks, and USER_HZ is 100 on every architecture Java runs on.
  private static final double TICKS_PER_SECOND = 100;

  static ChildRun of(List<String> command, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("micromet-bench", ".out");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectOutput(output.toFile());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    long start = System.nanoTime();
    Process process = builder.start();
    long peak = 0;
    double cpu = 0;
    boolean running = true;
    while (running) {
      running = !process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      peak = Math.max(peak, peakBytes(process.pid()));
      cpu = Math.max(cpu, cpuSeconds(process.pid()));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IOException(
          String.join(" ", command) + " ended with " + process.exitValue() + "; see " + log);
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    Files.delete(output);
    return new ChildRun(seconds, cpu, peak, text);
  }

  private static long peakBytes(long pid) {
    for (String line : lines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    return 0;
  }

  private static double cpuSeconds(long pid) {
    List<String> lines = lines(Path.of("/proc", Long.toString(pid), "stat"));
    if (lines.isEmpty()) {
      return 0;
    }
    // The command's name is in brackets and may hold anything; the fields count from behind it.
    String[] fields = lines.get(0).substring(lines.get(0).lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int i = 11; i <= 14; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException ended) {
      return List.of();
    } catch (IOException e) {
      if (e.getMessage() != null && e.getMessage().contains("No such process")) {
        return List.of();
      }
      throw new UncheckedIOException(e);
    }
  }
}
