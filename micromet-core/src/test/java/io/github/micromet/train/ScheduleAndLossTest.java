// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.GoldenJson;
import io.github.micromet.net.NamedTensor;
import io.github.micromet.net.NativeTensors;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class ScheduleAndLossTest {
  private static float[] floats(JsonNode list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) list.get(i).asDouble();
    }
    return values;
  }

  @Test
  void ratesEqualTorchsCosineAnnealing() {
    for (JsonNode golden : GoldenJson.read("training/rates.json")) {
      int epochs = golden.get("epochs").asInt();
      double first = golden.get("first").asDouble();
      CosineSchedule schedule = new CosineSchedule(first, epochs);
      for (int epoch = 1; epoch <= epochs + 1; epoch++) {
        assertThat(schedule.rate(epoch))
            .as("epoch %d of %d", epoch, epochs)
            .isCloseTo(golden.get("rates").get(epoch - 1).asDouble(), within(1e-15 * first));
      }
      assertThatThrownBy(() -> schedule.rate(epochs + 2))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> schedule.rate(0)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void fourEpochsFallFromOneThousandth() {
    CosineSchedule schedule = new CosineSchedule(0.001, 4);
    assertThat(schedule.rate(1)).isEqualTo(0.001);
    assertThat(schedule.rate(2)).isCloseTo(0.000853553, within(1e-9));
    assertThat(schedule.rate(3)).isCloseTo(0.0005, within(1e-9));
    assertThat(schedule.rate(4)).isCloseTo(0.000146447, within(1e-9));
    assertThat(schedule.rate(5)).isZero();
  }

  @Test
  void lossAndItsGradientEqualTorchs() {
    for (JsonNode golden : GoldenJson.read("training/loss.json")) {
      try (PointerScope scope = new PointerScope()) {
        float[] values = floats(golden.get("logits"));
        Tensor logits = Tensor.create(values, values.length, 1L, 1L, 1L).set_requires_grad(true);
        Tensor loss = Loss.of(logits, floats(golden.get("labels")));
        loss.backward();
        assertThat((double) loss.item_float())
            .isCloseTo(golden.get("loss").asDouble(), within(1e-6 * golden.get("loss").asDouble()));
        assertThat(NativeTensors.copy(logits.grad()).floatArray())
            .containsExactly(floats(golden.get("gradient")), within(1e-8f));
      }
    }
  }

  @Test
  void lossOfHalfPrecisionLogitsIsFloat32() {
    try (PointerScope scope = new PointerScope()) {
      Tensor logits = Tensor.create(new float[] {0.5f}, 1L, 1L, 1L, 1L).to(ScalarType.BFloat16);
      Tensor loss = Loss.of(logits, new float[] {1});
      assertThat(loss.scalar_type().intern()).isEqualTo(ScalarType.Float);
      assertThat((double) loss.item_float()).isCloseTo(Math.log1p(Math.exp(-0.5)), within(1e-6));
      assertThatThrownBy(() -> Loss.of(logits, new float[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("2 labels for 1 logits");
    }
  }

  /** One step on p * value, whose gradient is value. */
  private static boolean step(GradientScaler scaler, Tensor p, float value) {
    try (PointerScope scope = new PointerScope()) {
      p.mutable_grad().reset();
      Tensor factors = Tensor.create(new float[] {value, value}, 2L);
      scaler.scale(p.mul(factors).sum()).backward();
      return scaler.unscale(List.of(new NamedTensor("p", p)));
    }
  }

  @Test
  void theScalersFactorFollowsTorchs() {
    JsonNode golden = GoldenJson.read("training/scaler.json");
    try (PointerScope scope = new PointerScope()) {
      Tensor p = Tensor.create(new float[] {1, 1}, 2L).set_requires_grad(true);
      GradientScaler scaler = new GradientScaler();
      float[] values = {1, Float.POSITIVE_INFINITY, Float.NaN, 1};
      for (int i = 0; i < values.length; i++) {
        assertThat(step(scaler, p, values[i])).isEqualTo(Float.isFinite(values[i]));
        assertThat(scaler.factor())
            .isEqualTo(golden.get("after_an_infinity_at_1_and_2").get(i).asDouble());
      }
      assertThat(NativeTensors.copy(p.grad()).floatArray()).containsExactly(1, 1);

      GradientScaler steady = new GradientScaler(65536, 1998);
      for (JsonNode wanted : golden.get("after_2000_good")) {
        assertThat(step(steady, p, 1)).isTrue();
        assertThat(steady.factor()).isEqualTo(wanted.asDouble());
      }
    }
  }
}
