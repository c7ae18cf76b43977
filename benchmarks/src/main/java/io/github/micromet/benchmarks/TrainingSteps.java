// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.benchmarks;

import io.github.micromet.net.Precision;
import io.github.micromet.net.TrainableNet;
import io.github.micromet.net.TrainableNet.Mode;
import io.github.micromet.net.TumorNet;
import io.github.micromet.pixels.FloatBatch;
import io.github.micromet.train.Loss;
import io.github.micromet.train.Novograd;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Training steps on patches that are in memory already, as conformance/rival/train_loop.py. */
final class TrainingSteps {
  private static final double RATE = 1e-3;

  private TrainingSteps() {}

  /** One step before the clock starts, then {@code steps} of {@code batch} patches. */
  static Cost measure(Precision precision, int batch, int cores, int steps) throws Exception {
    TumorNet start = TumorNet.untrained();
    try (TrainableNet net = TrainableNet.of(start, precision, cores);
        Novograd optimiser = new Novograd(net.parameters(), Novograd.Settings.REFERENCE);
        FloatBatch pixels = noise(batch, start.contract().window())) {
      float[] labels = new float[batch];
      for (int i = 0; i < batch; i++) {
        labels[i] = i % 2;
      }
      step(net, optimiser, pixels, labels);
      return Cost.of(
          () -> {
            for (int i = 0; i < steps; i++) {
              step(net, optimiser, pixels, labels);
            }
            return (long) steps * batch;
          });
    }
  }

  private static float step(
      TrainableNet net, Novograd optimiser, FloatBatch pixels, float[] labels) {
    net.clearGradients();
    try (PointerScope scope = new PointerScope()) {
      Tensor loss = Loss.of(net.forward(pixels, Mode.TRAINING), labels);
      loss.backward();
      optimiser.step(RATE);
      return loss.item_float();
    }
  }

  private static FloatBatch noise(int count, int size) {
    FloatBatch batch = new FloatBatch(count, size, () -> {});
    batch.setCount(count);
    SplittableRandom random = new SplittableRandom(1);
    float[] patch = new float[size * size * 3];
    for (int k = 0; k < count; k++) {
      for (int i = 0; i < patch.length; i++) {
        patch[i] = random.nextInt(256);
      }
      batch.put(k, patch);
    }
    return batch;
  }
}
