// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class AccuracyTest {
  private static final float[] NEGATIVE = {0, 0, 0};

  @Test
  void aHalfIsPositive() {
    try (PointerScope scope = new PointerScope()) {
      assertThat(Accuracy.count(logits(0, -0.002f, 3), NEGATIVE)).isEqualTo(1);
      assertThat(Accuracy.count(logits(0, -0.002f, 3), new float[] {1, 1, 1})).isEqualTo(2);
    }
  }

  @Test
  void aProbabilityIsRoundedToTheTypeOfTheLogitsBeforeItIsCompared() {
    try (PointerScope scope = new PointerScope()) {
      Tensor coarse = logits(-0.002f, -0.05f, 3).to(ScalarType.BFloat16);
      assertThat(Accuracy.count(coarse, NEGATIVE)).isEqualTo(1);
    }
  }

  private static Tensor logits(float... values) {
    return Tensor.create(values, (long) values.length);
  }
}
