// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The arithmetic of the convolutions. */
public enum Precision {
  /** As the reference on a CPU. */
  FP32,
  /** bfloat16 weights and activations; twice as fast where the CPU multiplies them itself. */
  BF16,
  /** {@link #BF16} where the CPU has AVX512-BF16 or AMX, else {@link #FP32}. */
  AUTO;

  /** This precision on this machine: never {@link #AUTO}. */
  public Precision here() {
    return this == AUTO ? forFlags(cpuFlags()) : this;
  }

  /** What AUTO means for a CPU with these flags, named as Linux names them. */
  static Precision forFlags(Set<String> flags) {
    return flags.contains("avx512_bf16") || flags.contains("amx_bf16") ? BF16 : FP32;
  }

  /** As written in results: {@code fp32}, {@code bf16}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The flags of the first core that Linux lists; empty elsewhere. */
  private static Set<String> cpuFlags() {
    Path list = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(list)) {
      return Set.of();
    }
    try (var lines = Files.lines(list, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(
              line ->
                  Set.copyOf(List.of(line.substring(line.indexOf(':') + 1).trim().split("\\s+"))))
          .orElse(Set.of());
    } catch (IOException e) {
      return Set.of();
    }
  }
}
