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

  private static final Path ROOT = Path.of("/");
  private static final String MEMORY_INFO = "proc/meminfo";

  /** A control group's limit, what is used of it, and where that is told apart. */
  private record ControlGroup(String folder, String limit, String used, String inactive) {}

  private static final List<ControlGroup> GROUPS =
      List.of(
          new ControlGroup("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file"),
          new ControlGroup(
              "sys/fs/cgroup/memory",
              "memory.limit_in_bytes",
              "memory.usage_in_bytes",
              "total_inactive_file"));

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
    int mostPatches = Integer.MAX_VALUE / (window * window * 3 * Float.BYTES);
    check(options, regions, patchesInRegion, mostPatches);
    int patches = Math.min(options.recipe().batch(), regions) * patchesInRegion;
    check(options, patches, bytes, available(options));
  }

  /** Whether a batch's pixels fit in a buffer. */
  private static void check(TrainOptions options, int regions, int patchesInRegion, int most) {
    int batch = options.recipe().batch();
    long patches = (long) Math.min(batch, regions) * patchesInRegion;
    if (patches <= most) {
      return;
    }
    int fits = most / patchesInRegion;
    throw new MicrometException(
        ErrorKind.USAGE,
        "--batch " + batch,
        patches + " patches at once are more than one buffer can hold (2 GiB)",
        fits == 0
            ? "Regions of " + patchesInRegion + " patches are too large."
            : "Give --batch " + fits + " or less, and --accumulate for larger steps.");
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

  /** As libtorch's refusal during a step, in our words. */
  static MicrometException exhausted(Recipe recipe, RuntimeException cause) {
    return new MicrometException(
        ErrorKind.RESOURCE,
        "memory",
        "there was none left for a batch of --batch " + recipe.batch(),
        "Free memory and go on with --resume, or begin anew with a smaller --batch and a larger"
            + " --accumulate.",
        cause);
  }

  /** For this process; empty where the system does not say. */
  private static OptionalLong available(TrainOptions options) {
    if (options.memoryBytes().isPresent()) {
      return options.memoryBytes();
    }
    OptionalLong free = free(ROOT);
    return free.isEmpty()
        ? free
        : OptionalLong.of(free.getAsLong() / Math.max(1, options.processesHere()));
  }

  /**
   * What the machine has free and the control group still allows.
   *
   * @param root of the system's files
   */
  static OptionalLong free(Path root) {
    long free = number(root.resolve(MEMORY_INFO), "MemAvailable:").orElse(Long.MAX_VALUE >> 10);
    free *= 1024;
    for (ControlGroup group : GROUPS) {
      Path folder = root.resolve(group.folder());
      OptionalLong limit = number(folder.resolve(group.limit()), "");
      if (limit.isPresent()) {
        long used = number(folder.resolve(group.used()), "").orElse(0);
        // Pages of files that nobody uses are given up before anything is refused.
        long inactive = number(folder.resolve("memory.stat"), group.inactive() + " ").orElse(0);
        free = Math.min(free, Math.max(0, limit.getAsLong() - Math.max(0, used - inactive)));
      }
    }
    return free >= Long.MAX_VALUE - 1023 ? OptionalLong.empty() : OptionalLong.of(free);
  }

  /** Of the first line that begins so and goes on with a number. */
  private static OptionalLong number(Path file, String begin) {
    for (String line : lines(file)) {
      if (line.startsWith(begin)) {
        String rest = line.substring(begin.length()).replace("kB", "").strip();
        return rest.matches("[0-9]{1,18}")
            ? OptionalLong.of(Long.parseLong(rest))
            : OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
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
