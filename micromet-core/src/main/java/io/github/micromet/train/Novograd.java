// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.net.NamedTensor;
import io.github.micromet.net.NativeTensors;
import io.github.micromet.net.weights.StateDict;
import io.github.micromet.net.weights.WeightTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Novograd as MONAI has it (Ginsburg et al. 2019): each tensor's gradient is divided by a running
 * norm of the whole tensor, then averaged. For a tensor p with gradient g, with m and v zero at
 * first:
 *
 * <pre>
 * n = sum(g * g);  v = n if v is exactly 0, else beta2 * v + (1 - beta2) * n
 * d = sqrt(v) + epsilon, with amsgrad sqrt(largest v so far) + epsilon
 * g = g / d;  g = g + weightDecay * p;  with gradAveraging g = (1 - beta1) * g
 * m = beta1 * m + g;  p = p - rate * m
 * </pre>
 *
 * No correction of the bias at the start. The gradients themselves are overwritten.
 *
 * <p>Threads: one at a time. Its state lives in native memory until {@link #close}.
 */
public final class Novograd implements AutoCloseable {
  private final Settings settings;
  private final List<Slot> slots = new ArrayList<>();
  private long steps;

  /** Everything but the learning rate. */
  public record Settings(
      double beta1,
      double beta2,
      double epsilon,
      double weightDecay,
      boolean gradAveraging,
      boolean amsgrad) {
    /** MONAI's. */
    public static final Settings REFERENCE = new Settings(0.9, 0.98, 1e-8, 0, false, false);
  }

  /** A parameter with what is remembered of it. */
  private static final class Slot {
    private final String name;
    private final Tensor parameter;
    private final Tensor average; // as the parameter, of its divided gradients
    private float square; // of the gradient's norm; float32 as the reference's
    private float largest;

    private Slot(NamedTensor parameter) {
      this.name = parameter.name();
      this.parameter = parameter.tensor();
      this.average = torch.zeros_like(parameter.tensor()).retainReference();
    }
  }

  /**
   * @param parameters what {@link #step} changes; must outlive this
   */
  public Novograd(List<NamedTensor> parameters, Settings settings) {
    this.settings = settings;
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      parameters.forEach(parameter -> slots.add(new Slot(parameter)));
    }
  }

  /** Steps taken so far. */
  public long steps() {
    return steps;
  }

  /** Changes every parameter that has a gradient. */
  public void step(double rate) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      for (Slot slot : slots) {
        Tensor gradient = slot.parameter.grad();
        if (gradient.defined()) {
          change(slot, gradient, rate);
        }
      }
    }
    steps++;
  }

  private void change(Slot slot, Tensor gradient, double rate) {
    float norm = gradient.square().sum().item_float();
    slot.square =
        slot.square == 0
            ? norm
            : slot.square * (float) settings.beta2() + norm * (float) (1 - settings.beta2());
    slot.largest = Math.max(slot.largest, slot.square);
    float divisor =
        (float) Math.sqrt(settings.amsgrad() ? slot.largest : slot.square)
            + (float) settings.epsilon();
    gradient.div_(new Scalar(divisor));
    if (settings.weightDecay() != 0) {
      gradient.add_(slot.parameter, new Scalar(settings.weightDecay()));
    }
    if (settings.gradAveraging()) {
      gradient.mul_(new Scalar(1 - settings.beta1()));
    }
    slot.average.mul_(new Scalar(settings.beta1())).add_(gradient);
    slot.parameter.add_(slot.average, new Scalar(-rate));
  }

  /**
   * What is remembered, to go on later: for each parameter NAME the entries NAME.exp_avg,
   * NAME.exp_avg_sq and NAME.max_exp_avg_sq, and the scalar {@code step}.
   */
  public StateDict state() {
    Map<String, WeightTensor> state = new LinkedHashMap<>();
    for (Slot slot : slots) {
      state.put(slot.name + ".exp_avg", NativeTensors.copy(slot.average));
      state.put(slot.name + ".exp_avg_sq", scalar(slot.square));
      state.put(slot.name + ".max_exp_avg_sq", scalar(slot.largest));
    }
    state.put("step", WeightTensor.ofLongs(new long[] {steps}));
    return StateDict.of(state);
  }

  private static WeightTensor scalar(float value) {
    return WeightTensor.ofFloats(new float[] {value});
  }

  /**
   * Goes on where {@link #state()} was taken.
   *
   * @throws IllegalArgumentException if an entry is missing
   */
  public void load(StateDict state) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      for (Slot slot : slots) {
        slot.average.copy_(NativeTensors.of(entry(state, slot.name + ".exp_avg")));
        slot.square = entry(state, slot.name + ".exp_avg_sq").floats().get(0);
        slot.largest = entry(state, slot.name + ".max_exp_avg_sq").floats().get(0);
      }
    }
    steps = entry(state, "step").longs().get(0);
  }

  private static WeightTensor entry(StateDict state, String name) {
    return state
        .get(name)
        .orElseThrow(() -> new IllegalArgumentException("no entry " + name + " of Novograd"));
  }

  @Override
  public void close() {
    slots.forEach(slot -> slot.average.releaseReference());
    slots.clear();
  }
}
