// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.net.weights.WeightTensor;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Weights of the Java heap to native memory and back. */
public final class NativeTensors {
  private NativeTensors() {}

  /** A copy in native memory, row-major, float32 or int64, in the caller's scope. */
  public static Tensor of(WeightTensor tensor) {
    return switch (tensor.dtype()) {
      case FLOAT32 -> Tensor.create(tensor.floatArray(), tensor.shape());
      case INT64 -> {
        long[] values = new long[Math.toIntExact(tensor.count())];
        tensor.longs().get(values);
        yield Tensor.create(values, tensor.shape());
      }
    };
  }

  /**
   * A copy on the Java heap, row-major whatever the layout.
   *
   * @param tensor of real numbers, which become float32, or of integers, which become int64
   */
  public static WeightTensor copy(Tensor tensor) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      long[] shape = tensor.sizes().vec().get();
      int count = Math.toIntExact(tensor.numel());
      if (tensor.is_floating_point()) {
        float[] values = new float[count];
        Tensor flat = tensor.detach().to(ScalarType.Float).contiguous();
        new FloatPointer(flat.data_ptr()).get(values);
        return WeightTensor.ofFloats(values, shape);
      }
      long[] values = new long[count];
      Tensor flat = tensor.to(ScalarType.Long).contiguous();
      new LongPointer(flat.data_ptr()).get(values);
      return WeightTensor.ofLongs(values, shape);
    }
  }
}
