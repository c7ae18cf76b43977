// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.GoldenJson;
import io.github.micromet.net.FormulaPatches;
import io.github.micromet.net.NamedTensor;
import io.github.micromet.net.NativeTensors;
import io.github.micromet.net.weights.StateDict;
import io.github.micromet.train.Novograd.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class NovogradTest {
  private static final double RELATIVE = 1e-6;
  private static final long[][] SHAPES = {{7}, {1}, {4, 3, 3, 3}, {2, 16, 1, 1}};
  private static final int STEPS = 20;

  /** scale * (2u - 1), as conformance/oracle/training.py. */
  private static Tensor formula(long stream, long[] shape, double scale) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      double unit = (FormulaPatches.splitmix64(stream << 32 | i) >>> 11) * 0x1p-53;
      values[i] = (float) (scale * (2 * unit - 1));
    }
    return Tensor.create(values, shape);
  }

  private static double scale(int step) {
    return step == 0 || step == 7 ? 0 : Math.pow(10, step % 5 - 3);
  }

  private static void give(Tensor parameter, Tensor gradient) {
    parameter.mutable_grad().put(gradient);
  }

  private static List<NamedTensor> parameters() {
    List<NamedTensor> parameters = new ArrayList<>();
    for (int t = 0; t < SHAPES.length; t++) {
      Tensor tensor = formula(900 + t, SHAPES[t], 1);
      parameters.add(new NamedTensor("p" + t, tensor.set_requires_grad(true)));
    }
    return parameters;
  }

  private static void step(Novograd optimiser, List<NamedTensor> parameters, int step, double at) {
    for (int t = 0; t < SHAPES.length; t++) {
      give(parameters.get(t).tensor(), formula(t * 1000L + step, SHAPES[t], scale(step)));
    }
    optimiser.step(at);
  }

  private static Settings settings(JsonNode golden) {
    Settings usual = Settings.REFERENCE;
    JsonNode betas = golden.path("betas");
    return new Settings(
        betas.path(0).asDouble(usual.beta1()),
        betas.path(1).asDouble(usual.beta2()),
        usual.epsilon(),
        golden.path("weight_decay").asDouble(usual.weightDecay()),
        golden.path("grad_averaging").asBoolean(usual.gradAveraging()),
        golden.path("amsgrad").asBoolean(usual.amsgrad()));
  }

  private static void assertClose(float[] found, JsonNode wanted, String what) {
    // Relative to the tensor's largest: a value near zero is a difference of large ones.
    double largest = 0;
    for (JsonNode value : wanted) {
      largest = Math.max(largest, Math.abs(value.asDouble()));
    }
    assertThat(found).as(what).hasSize(wanted.size());
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i])
          .as(what)
          .isCloseTo(wanted.get(i).asDouble(), within(RELATIVE * largest));
    }
  }

  @Test
  void twentyStepsEqualMonaisInEveryVariant() {
    JsonNode variants = GoldenJson.read("training/novograd.json").get("variants");
    assertThat(variants).hasSize(5);
    for (JsonNode golden : variants) {
      try (PointerScope scope = new PointerScope()) {
        List<NamedTensor> parameters = parameters();
        try (Novograd optimiser = new Novograd(parameters, settings(golden))) {
          for (int step = 0; step < STEPS; step++) {
            step(optimiser, parameters, step, golden.get("rate").asDouble());
            for (int t = 0; t < SHAPES.length; t++) {
              double wanted = golden.get("exp_avg_sq").get(step).get(t).asDouble();
              assertThat((double) value(optimiser.state(), "p" + t + ".exp_avg_sq"))
                  .isCloseTo(wanted, within(RELATIVE * wanted));
            }
          }
          for (int t = 0; t < SHAPES.length; t++) {
            String what = settings(golden) + " tensor " + t;
            assertClose(floats(parameters.get(t)), golden.get("parameters").get(t), what);
            float[] average =
                optimiser.state().get("p" + t + ".exp_avg").orElseThrow().floatArray();
            assertClose(average, golden.get("exp_avg").get(t), what);
          }
        }
      }
    }
  }

  private static float[] floats(NamedTensor parameter) {
    return NativeTensors.copy(parameter.tensor()).floatArray();
  }

  private static float value(StateDict state, String name) {
    return state.get(name).orElseThrow().floats().get(0);
  }

  @Test
  void theFirstNormIsTakenWholeAndZeroGradientsDecayIt() {
    JsonNode golden = GoldenJson.read("training/novograd.json").get("worked");
    try (PointerScope scope = new PointerScope()) {
      Tensor tensor = Tensor.create(new float[] {1, 2}, 2L).set_requires_grad(true);
      NamedTensor p = new NamedTensor("p", tensor);
      try (Novograd optimiser = new Novograd(List.of(p), Settings.REFERENCE)) {
        for (JsonNode step : golden) {
          float x = (float) step.get("gradient").get(0).asDouble();
          float y = (float) step.get("gradient").get(1).asDouble();
          give(tensor, Tensor.create(new float[] {x, y}, 2L));
          optimiser.step(0.1);
          assertClose(floats(p), step.get("parameter"), "p");
          assertThat(value(optimiser.state(), "p.exp_avg_sq"))
              .isEqualTo((float) step.get("exp_avg_sq").asDouble());
        }
        assertThat(optimiser.steps()).isEqualTo(3);
      }
    }
  }

  @Test
  void aTensorWithoutGradientStaysAsItIs() {
    try (PointerScope scope = new PointerScope()) {
      List<NamedTensor> parameters = parameters();
      float[] before = floats(parameters.get(0));
      try (Novograd optimiser = new Novograd(parameters, Settings.REFERENCE)) {
        give(parameters.get(1).tensor(), formula(1, SHAPES[1], 1));
        optimiser.step(0.1);
        assertThat(floats(parameters.get(0))).isEqualTo(before);
        assertThat(value(optimiser.state(), "p0.exp_avg_sq")).isZero();
        assertThat(value(optimiser.state(), "p1.exp_avg_sq")).isPositive();
      }
    }
  }

  @Test
  void goingOnFromItsStateGivesTheSameBits() {
    Settings settings = new Settings(0.9, 0.98, 1e-8, 0.01, false, true);
    try (PointerScope scope = new PointerScope()) {
      List<NamedTensor> straight = parameters();
      List<NamedTensor> resumed = parameters();
      StateDict halfway;
      try (Novograd whole = new Novograd(straight, settings);
          Novograd first = new Novograd(resumed, settings)) {
        for (int step = 0; step < 10; step++) {
          step(whole, straight, step, 0.01);
          step(first, resumed, step, 0.01);
        }
        halfway = first.state();
        for (int step = 10; step < STEPS; step++) {
          step(whole, straight, step, 0.01);
        }
      }
      try (Novograd second = new Novograd(resumed, settings)) {
        second.load(halfway);
        assertThat(second.steps()).isEqualTo(10);
        for (int step = 10; step < STEPS; step++) {
          step(second, resumed, step, 0.01);
        }
        for (int t = 0; t < SHAPES.length; t++) {
          assertThat(floats(resumed.get(t))).isEqualTo(floats(straight.get(t)));
        }
        assertThatThrownBy(() -> second.load(StateDict.of(Map.of())))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("no entry p0.exp_avg of Novograd");
      }
    }
  }
}
