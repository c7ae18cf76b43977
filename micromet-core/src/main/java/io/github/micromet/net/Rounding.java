// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** How what lies between two convolutions is stored. */
enum Rounding {
  FP32,
  /** bfloat16, multiplied by the CPU with sums in float32. */
  BF16,
  /**
   * bfloat16 values held in float32: what {@link #BF16} computes, for CPUs on which oneDNN has no
   * bfloat16. libtorch's own fallback there sums in bfloat16: 1.5 times the error, a tenth of the
   * speed.
   */
  BF16_IN_FP32;

  static Rounding of(Precision precision) {
    if (precision.here() == Precision.FP32) {
      return FP32;
    }
    try (PointerScope scope = new PointerScope()) {
      IValueVector stack = new IValueVector();
      Dispatcher.singleton()
          .findSchemaOrThrow("mkldnn::_is_mkldnn_bf16_supported", "")
          .callBoxed(stack);
      return stack.get(0).toBool() ? BF16 : BF16_IN_FP32;
    }
  }

  /** The values as this stores them; {@code x} itself where nothing changes. */
  Tensor store(Tensor x) {
    return switch (this) {
      case FP32 -> x;
      case BF16 -> x.to(ScalarType.BFloat16);
      case BF16_IN_FP32 -> x.to(ScalarType.BFloat16).to(ScalarType.Float);
    };
  }
}
