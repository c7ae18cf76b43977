// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

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
  void whatFitsIsNotRefused() {
    assertThatCode(() -> check(options, 32 * GIB)).doesNotThrowAnyException();
  }

  private static void check(TrainOptions options, long available) {
    StepMemory.check(options, PATCHES, batch -> batch * GIB / 4, OptionalLong.of(available));
  }
}
