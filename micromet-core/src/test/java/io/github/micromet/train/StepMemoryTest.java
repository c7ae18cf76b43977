// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.NativeMemory;
import io.github.micromet.net.Precision;
import io.github.micromet.net.TorchLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepMemoryTest {
  private static final long GIB = 1L << 30;
  private static final int PATCHES = 1152;

  private final TrainOptions options = TrainOptions.into(Path.of("out"), Recipe.REFERENCE);

  @Test
  void aStepThatDoesNotFitIsRefusedWithTheSameStepInParts() {
    assertThatThrownBy(() -> check(options, 9 * GIB))
        .isInstanceOfSatisfying(
            MicrometException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE);
              assertThat(e.remedy())
                  // 36 regions would fit; 32 is the most that divides 128.
                  .startsWith("Give --batch 32 --accumulate 4: the same step in parts");
            })
        .hasMessage(
            "--batch 128: a step computes 1152 patches at once and needs about 32.0 GiB; 9.0 GiB"
                + " are free");
  }

  @Test
  void partsOfPartsAreCountedTogether() {
    TrainOptions parts = TrainOptions.into(Path.of("out"), Recipe.REFERENCE.withBatch(64, 2));
    assertThatThrownBy(() -> check(parts, 9 * GIB))
        .isInstanceOfSatisfying(
            MicrometException.class,
            e -> assertThat(e.remedy()).startsWith("Give --batch 32 --accumulate 4:"));
  }

  @Test
  void theReferencesStepNeedsWhatTheHelpSays() {
    TrainOptions little =
        new TrainOptions(
            Path.of("out"),
            Optional.empty(),
            false,
            Recipe.REFERENCE,
            1,
            1,
            OptionalLong.of(9 * GIB),
            1,
            CheckpointEvery.DEFAULT);
    // The heap of this process is among them; `train` says "some 36 GiB" of fp32.
    double heap = Runtime.getRuntime().maxMemory() / (double) GIB;
    boolean half = Recipe.REFERENCE.precision().here() == Precision.BF16;
    double expected = (half ? 52.210 : 35.335) + heap;
    assertThatThrownBy(() -> StepMemory.check(little, 1000, 9))
        .hasMessage(
            String.format(
                Locale.ROOT,
                "--batch 128: a step computes 1152 patches at once and needs about %.1f GiB; 9.0"
                    + " GiB are allowed by --memory",
                expected));
  }

  @Test
  void aBatchThatNoBufferHoldsIsRefusedWithTheLargestThatOneDoes() {
    TrainOptions large = TrainOptions.into(Path.of("out"), Recipe.REFERENCE.withBatch(397, 1));
    assertThatThrownBy(() -> StepMemory.check(large, 1000, 9))
        .isInstanceOfSatisfying(
            MicrometException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
              assertThat(e.remedy()).startsWith("Give --batch 396 or less");
            })
        .hasMessage("--batch 397: 3573 patches at once are more than one buffer can hold (2 GiB)");
  }

  @Test
  void whatIsFreeIsWhatTheControlGroupLeavesBesideFilesThatNobodyUses(@TempDir Path root)
      throws IOException {
    assertThat(StepMemory.free(root)).isEmpty();
    write(root, "proc/meminfo", "MemTotal: 9 kB\nMemAvailable:   1000000 kB\n");
    assertThat(StepMemory.free(root)).hasValue(1_000_000L * 1024);
    write(root, "sys/fs/cgroup/memory.max", "max\n");
    assertThat(StepMemory.free(root)).hasValue(1_000_000L * 1024);
    write(root, "sys/fs/cgroup/memory.max", "500000000\n");
    write(root, "sys/fs/cgroup/memory.current", "300000000\n");
    write(root, "sys/fs/cgroup/memory.stat", "anon 200000000\ninactive_file 50000000\n");
    assertThat(StepMemory.free(root)).hasValue(250_000_000L);
  }

  private static void write(Path root, String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void whatLibtorchSaysWithoutMemoryIsTold() {
    assertThat(TorchLibrary.status().version()).isPresent();
    assertThatThrownBy(() -> torch.empty(1L << 50))
        .isInstanceOfSatisfying(
            RuntimeException.class,
            e -> {
              assertThat(NativeMemory.isExhausted(e)).isTrue();
              MicrometException told = StepMemory.exhausted(Recipe.REFERENCE, e);
              assertThat(told.kind()).isEqualTo(ErrorKind.RESOURCE);
              assertThat(told).hasMessageContaining("--batch 128");
            });
    assertThat(NativeMemory.isExhausted(new IllegalStateException("other"))).isFalse();
  }

  @Test
  void whatFitsIsNotRefused() {
    assertThatCode(() -> check(options, 32 * GIB)).doesNotThrowAnyException();
  }

  private static void check(TrainOptions options, long available) {
    StepMemory.check(options, PATCHES, batch -> batch * GIB / 4, OptionalLong.of(available));
  }
}
