// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.net.weights.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * The one list of what TorchVisionFCModel(resnet18, num_classes 1, use_conv) is made of: 122 names
 * with shapes, in PyTorch's order.
 */
public final class NetworkShape {
  /** A network halves the input five times and pools 7 x 7. */
  static final int STRIDE = 32;

  static final int POOL = 7;

  /** Every entry of the state dict, in order. */
  public static final List<Parameter> PARAMETERS = list();

  private NetworkShape() {}

  /**
   * One entry of the state dict.
   *
   * @param shape sizes, outermost first; none for a scalar
   */
  public record Parameter(String name, DType dtype, List<Long> shape) {
    private static Parameter of(String name, DType dtype, long... shape) {
      return new Parameter(name, dtype, java.util.Arrays.stream(shape).boxed().toList());
    }

    /** The shape as an array. */
    public long[] shapeArray() {
      return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** Elements. */
    public long count() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  private static List<Parameter> list() {
    List<Parameter> list = new ArrayList<>();
    for (Layers.Layer layer : Layers.all()) {
      convolution(list, layer.convolution(), layer.out(), layer.in(), layer.kernel());
      layer
          .norm()
          .ifPresentOrElse(
              norm -> batchNorm(list, norm, layer.out()),
              () ->
                  list.add(
                      Parameter.of(layer.convolution() + ".bias", DType.FLOAT32, layer.out())));
    }
    return List.copyOf(list);
  }

  private static void convolution(List<Parameter> list, String name, int out, int in, int kernel) {
    list.add(Parameter.of(name + ".weight", DType.FLOAT32, out, in, kernel, kernel));
  }

  private static void batchNorm(List<Parameter> list, String name, int channels) {
    for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
      list.add(Parameter.of(name + "." + part, DType.FLOAT32, channels));
    }
    list.add(Parameter.of(name + ".num_batches_tracked", DType.INT64));
  }
}
