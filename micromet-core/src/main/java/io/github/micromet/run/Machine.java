// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a result was made. The processor stands here because sums of floats depend on its
 * instruction sets.
 *
 * @param os name and version
 * @param architecture as Java names it
 * @param cpu model name; empty when the system does not say
 * @param instructionSets those that number-crunching libraries choose by, sorted; empty when the
 *     system does not say
 * @param cores that Java may use
 */
public record Machine(
    String os, String architecture, String cpu, List<String> instructionSets, int cores) {

  private static final Path LINUX_CPUINFO = Path.of("/proc/cpuinfo");
  // Those by which oneDNN and OpenCV dispatch; the other hundred flags do not move a sum.
  private static final Set<String> TELLING =
      Set.of(
          "sse4_1",
          "sse4_2",
          "avx",
          "avx2",
          "fma",
          "f16c",
          "avx512f",
          "avx512bw",
          "avx512dq",
          "avx512vl",
          "avx512_vnni",
          "avx512_bf16",
          "avx512_fp16",
          "avx_vnni",
          "amx_tile",
          "amx_int8",
          "amx_bf16",
          "asimd",
          "asimdhp",
          "asimddp",
          "bf16",
          "i8mm",
          "sve",
          "sve2");

  public Machine {
    instructionSets = List.copyOf(instructionSets);
  }

  /** This machine. */
  public static Machine current() {
    List<String> cpuinfo = linesOf(LINUX_CPUINFO);
    return new Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"),
        cpuOf(cpuinfo),
        instructionSetsOf(cpuinfo),
        Runtime.getRuntime().availableProcessors());
  }

  /** The model's name in the lines of Linux's {@code cpuinfo}; empty when they hold none. */
  static String cpuOf(List<String> cpuinfo) {
    return valueOf(cpuinfo, "model name");
  }

  /** The telling instruction sets in the lines of Linux's {@code cpuinfo}, sorted. */
  static List<String> instructionSetsOf(List<String> cpuinfo) {
    String flags = valueOf(cpuinfo, "flags");
    Set<String> found =
        new TreeSet<>(
            List.of((flags.isEmpty() ? valueOf(cpuinfo, "Features") : flags).split("\\s+")));
    found.retainAll(TELLING);
    return new ArrayList<>(found);
  }

  private static String valueOf(List<String> cpuinfo, String key) {
    for (String line : cpuinfo) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equals(key)) {
        return line.substring(colon + 1).strip();
      }
    }
    return "";
  }

  private static List<String> linesOf(Path file) {
    if (!Files.isReadable(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
