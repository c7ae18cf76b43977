// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.IntType;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.Type;

/**
 * A 3x3 convolution of stride 1 and padding 1 by way of 16x16 Fourier tiles (NNPACK, which libtorch
 * carries): fewer multiplications, and a rounding error below that of the direct sum.
 *
 * <p>Worth it where a core has AVX2 only and the map is 14 to 56 pixels wide: 1.4 to 1.6 times
 * oneDNN's direct convolution there (docs/performance.md).
 */
final class Fourier {
  private Fourier() {}

  /** Whether this libtorch was built with it and this CPU can run it. */
  static boolean available() {
    try (PointerScope scope = new PointerScope()) {
      IValueVector stack = new IValueVector();
      operator("aten::_nnpack_available").callBoxed(stack);
      return stack.get(0).toBool();
    }
  }

  /** x: N,C,H,W float32 contiguous; the result too. */
  static Tensor convolve(Tensor x, Tensor weight, Tensor bias) {
    IValueVector stack = new IValueVector();
    stack
        .push_back(new IValue(x))
        .push_back(new IValue(weight))
        .push_back(new IValue(bias))
        .push_back(ones())
        .push_back(ones());
    operator("aten::_nnpack_spatial_convolution").callBoxed(stack);
    return stack.get(0).toTensor();
  }

  private static OperatorHandle operator(String name) {
    return Dispatcher.singleton().findSchemaOrThrow(name, "");
  }

  // The bindings map neither the operator nor an IValue of int[]; padding 1, stride 1.
  private static IValue ones() {
    GenericList list = new GenericList(new Type.TypePtr(IntType.getIntTypePtr().get()));
    list.push_back(new IValue(1L));
    list.push_back(new IValue(1L));
    return new IValue(list);
  }
}
