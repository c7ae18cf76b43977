// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.net.weights.StateDict;
import io.github.micromet.net.weights.WeightTensor;

/**
 * A convolution with the BatchNorm that follows it folded in, computed in double and rounded once.
 *
 * @param weight out,in,k,k float32, row-major
 * @param bias out float32
 * @param shape out,in,k,k
 */
record FoldedWeights(float[] weight, float[] bias, long[] shape) {
  private static final double EPSILON = 1e-5; // torch.nn.BatchNorm2d's

  /** w' = w * g / sqrt(var + eps), b' = beta - mean * g / sqrt(var + eps). */
  static FoldedWeights of(StateDict state, String convolution, String norm) {
    WeightTensor tensor = tensor(state, convolution + ".weight");
    float[] weight = tensor.floatArray();
    float[] gamma = tensor(state, norm + ".weight").floatArray();
    float[] beta = tensor(state, norm + ".bias").floatArray();
    float[] mean = tensor(state, norm + ".running_mean").floatArray();
    float[] variance = tensor(state, norm + ".running_var").floatArray();
    float[] bias = new float[gamma.length];
    int perOutput = weight.length / gamma.length;
    for (int out = 0; out < gamma.length; out++) {
      double scale = gamma[out] / Math.sqrt(variance[out] + EPSILON);
      bias[out] = (float) (beta[out] - mean[out] * scale);
      for (int i = out * perOutput; i < (out + 1) * perOutput; i++) {
        weight[i] = (float) (weight[i] * scale);
      }
    }
    return new FoldedWeights(weight, bias, tensor.shape());
  }

  /** A convolution with a bias of its own and no norm. */
  static FoldedWeights plain(StateDict state, String name) {
    WeightTensor weight = tensor(state, name + ".weight");
    return new FoldedWeights(
        weight.floatArray(), tensor(state, name + ".bias").floatArray(), weight.shape());
  }

  /** The same for input whose channels come in the opposite order. */
  FoldedWeights channelsReversed() {
    int in = (int) shape[1];
    int plane = (int) (shape[2] * shape[3]);
    float[] turned = new float[weight.length];
    for (int i = 0; i < weight.length; i++) {
      int channel = i / plane % in;
      turned[i + (in - 1 - 2 * channel) * plane] = weight[i];
    }
    return new FoldedWeights(turned, bias, shape);
  }

  private static WeightTensor tensor(StateDict state, String name) {
    return state.get(name).orElseThrow();
  }
}
