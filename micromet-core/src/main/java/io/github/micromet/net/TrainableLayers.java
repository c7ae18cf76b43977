// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.net.Layers.Layer;
import io.github.micromet.net.TrainableNet.Mode;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * One pass over weights that can be changed.
 *
 * @param tensors by their names in the state dict
 * @param momentum how far the batch moves the running statistics
 */
record TrainableLayers(Map<String, Tensor> tensors, Rounding rounding, Mode mode, double momentum)
    implements Layers.Arithmetic {
  // torch.nn.BatchNorm2d's
  private static final double EPSILON = 1e-5;

  private static final long[] NO_DILATION = {1, 1};

  @Override
  public Tensor apply(Layer layer, Tensor x) {
    Tensor y =
        torch.conv2d(
            store(x),
            store(tensor(layer.convolution(), "weight")),
            layer.norm().isPresent()
                ? new TensorOptional()
                : new TensorOptional(store(tensor(layer.convolution(), "bias"))),
            new long[] {layer.stride(), layer.stride()},
            new long[] {layer.kernel() / 2, layer.kernel() / 2},
            NO_DILATION,
            1);
    Tensor stored = store(y);
    return layer.norm().map(norm -> store(normalised(stored, norm))).orElse(stored);
  }

  private Tensor normalised(Tensor x, String norm) {
    if (mode == Mode.TRAINING) {
      try (NoGradGuard guard = new NoGradGuard()) {
        tensor(norm, "num_batches_tracked").add_(new Scalar(1)); // the operator does not count
      }
    }
    return torch.batch_norm(
        x,
        new TensorOptional(tensor(norm, "weight")),
        new TensorOptional(tensor(norm, "bias")),
        new TensorOptional(tensor(norm, "running_mean")),
        new TensorOptional(tensor(norm, "running_var")),
        mode == Mode.TRAINING,
        momentum,
        EPSILON,
        true);
  }

  private Tensor tensor(String layer, String part) {
    return tensors.get(layer + "." + part);
  }

  /** Under autocast libtorch converts by itself. */
  @Override
  public Tensor store(Tensor x) {
    return switch (rounding) {
      case FP32, BF16 -> x;
      case BF16_IN_FP32 -> rounding.store(x);
    };
  }
}
