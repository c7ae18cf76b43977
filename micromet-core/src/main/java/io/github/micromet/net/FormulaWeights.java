// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.net.weights.DType;
import io.github.micromet.net.weights.StateDict;
import io.github.micromet.net.weights.WeightTensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Untrained weights from a closed formula, so that any language can make them again: for tests, and
 * for a demo that says what it shows. They find nothing.
 *
 * <p>For the k-th float tensor (k from 0) and its i-th element in row-major order, u =
 * (splitmix64((k &lt;&lt; 32) | (i mod 1021)) &gt;&gt;&gt; 11) * 2^-53 in [0, 1); then by the kind
 * of tensor, in double, rounded to float32:
 *
 * <ul>
 *   <li>convolution weight: (2u - 1) * sqrt(6 / fan_in)
 *   <li>BatchNorm: weight 0.8 + 0.4 u; bias and running_mean 0.2 (u - 0.5); running_var 0.5 + u
 *   <li>fc.weight: (2u - 1) * 0.08; fc.bias: 10.2, which puts logits of real tissue around 0
 * </ul>
 */
public final class FormulaWeights {
  private static final int PERIOD = 1021;
  private static final double FC_SCALE = 0.08;
  private static final double FC_BIAS = 10.2;

  private FormulaWeights() {}

  /** The whole state dict of {@link NetworkShape}. */
  public static StateDict state() {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    long k = 0;
    for (NetworkShape.Parameter parameter : NetworkShape.PARAMETERS) {
      if (parameter.dtype() == DType.INT64) {
        tensors.put(parameter.name(), WeightTensor.ofLongs(new long[] {0}));
        continue;
      }
      float[] values = new float[Math.toIntExact(parameter.count())];
      for (int i = 0; i < values.length; i++) {
        long bits = splitmix64(k << 32 | i % PERIOD) >>> 11;
        values[i] = (float) value(parameter, bits * 0x1p-53);
      }
      tensors.put(parameter.name(), WeightTensor.ofFloats(values, parameter.shapeArray()));
      k++;
    }
    return StateDict.of(tensors);
  }

  private static double value(NetworkShape.Parameter parameter, double u) {
    String name = parameter.name();
    if (name.equals("fc.weight")) {
      return (2 * u - 1) * FC_SCALE;
    }
    if (name.equals("fc.bias")) {
      return FC_BIAS;
    }
    if (parameter.shape().size() == 4) {
      long[] shape = parameter.shapeArray();
      return (2 * u - 1) * Math.sqrt(6.0 / (shape[1] * shape[2] * shape[3]));
    }
    if (name.endsWith("running_var")) {
      return 0.5 + u;
    }
    if (name.endsWith("weight")) {
      return 0.8 + 0.4 * u;
    }
    return 0.2 * (u - 0.5);
  }

  private static long splitmix64(long x) {
    long z = x + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
