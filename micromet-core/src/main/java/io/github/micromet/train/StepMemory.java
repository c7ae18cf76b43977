// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.ModelContract;
import io.github.micromet.net.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.IntToLongFunction;

/** What a step needs, against what there is; asked before the first one. */
final class StepMemory {
  private static final long MIB = 1L << 20;

  /** The virtual machine beside its heap, libtorch, weights with gradients and averages. */
  private static final long FIXED_BYTES = 300 * MIB;

  // From the peak resident size of the second step of 4, 16 and 32 patches in fp32 (682, 1118 and
  // 1560 MiB): 31 MiB a patch, its two buffers of 0.6 MiB among them. bfloat16 where the CPU has
  // none keeps a copy of each map; half as much again is a guess on the safe side.
  private static final long PATCH_BYTES = 30 * MIB;
  private static final long PATCH_BYTES_BF16 = 45 * MIB;

  private static final Path MEMORY_INFO = Path.of("/proc/meminfo");
  private static final List<Path> GROUP_LIMITS =
      List.of(
          Path.of("/sys/fs/cgroup/memory.max"),
          Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));

  private StepMemory() {}

  /**
   * @param regions in the longest list; no batch has more
   * @param patchesInRegion of the widest
   * @throws MicrometException of kind RESOURCE if a step needs more than there is, with what would
   *     fit
   */
  static void check(TrainOptions options, int regions, int patchesInRegion) {
    int window = ModelContract.REFERENCE.window();
    long each =
        options.recipe().precision().here() == Precision.BF16 ? PATCH_BYTES_BF16 : PATCH_BYTES;
    IntToLongFunction bytes =
        batch -> {
          int patches = Math.min(batch, regions) * patchesInRegion;
          return FIXED_BYTES
              + Runtime.getRuntime().maxMemory()
              + 2L * patches * window * window * 3 * Float.BYTES // read ahead
              + patches * each;
        };
    int patches = Math.min(options.recipe().batch(), regions) * patchesInRegion;
    check(options, patches, bytes, available(options));
  }

  /**
   * As the other, by given numbers.
   *
   * @param patches that are computed at once
   * @param bytes of a process for a batch of so many regions
   */
  static void check(
      TrainOptions options, int patches, IntToLongFunction bytes, OptionalLong available) {
    int batch = options.recipe().batch();
    if (available.isEmpty() || bytes.applyAsLong(batch) <= available.getAsLong()) {
      return;
    }
    int fits = batch;
    while (fits > 0 && bytes.applyAsLong(fits) > available.getAsLong()) {
      fits--;
    }
    // The same step in equal parts.
    while (fits > 0 && batch % fits != 0) {
      fits--;
    }
    throw new MicrometException(
        ErrorKind.RESOURCE,
        "--batch " + batch,
        "a step computes "
            + patches
            + " patches at once and needs about "
            + gigabytes(bytes.applyAsLong(batch))
            + "; "
            + gigabytes(available.getAsLong())
            + (options.memoryBytes().isPresent() ? " are allowed by --memory" : " are free"),
        fits == 0
            ? "Not even one region fits: it needs " + gigabytes(bytes.applyAsLong(1)) + "."
            : "Give --batch "
                + fits
                + " --accumulate "
                + batch / fits * options.recipe().accumulate()
                + ": the same step in parts, of which BatchNorm sees each by itself.");
  }

  /** For this process; empty where the system does not say. */
  private static OptionalLong available(TrainOptions options) {
    if (options.memoryBytes().isPresent()) {
      return options.memoryBytes();
    }
    OptionalLong free = free();
    return free.isEmpty()
        ? free
        : OptionalLong.of(free.getAsLong() / Math.max(1, options.processesHere()));
  }

  private static OptionalLong free() {
    long free = Long.MAX_VALUE;
    for (String line : lines(MEMORY_INFO)) {
      if (line.startsWith("MemAvailable:")) {
        free = Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    for (Path limit : GROUP_LIMITS) {
      for (String line : lines(limit)) {
        if (line.strip().matches("[0-9]{1,18}")) {
          free = Math.min(free, Long.parseLong(line.strip()));
        }
      }
    }
    return free == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(free);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
  }
}
