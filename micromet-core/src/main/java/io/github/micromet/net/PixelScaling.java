// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.net.ModelContract.Scaling;
import io.github.micromet.pixels.FloatBatch;
import io.github.micromet.pixels.PixelBatch;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Pixels become the network's input, the same for training and for detection. */
final class PixelScaling {
  private PixelScaling() {}

  /** N,3,S,S float32 in the contract's range, its pixels channels-last as they came. */
  static Tensor apply(PixelBatch in, Scaling scaling) {
    long size = in.size();
    Tensor bytes =
        torch.from_blob(
            new BytePointer(in.rgb()),
            new long[] {in.count(), size, size, 3},
            new TensorOptions(ScalarType.Byte));
    return inPlace(bytes.permute(0, 3, 1, 2).to(ScalarType.Float), scaling);
  }

  /** As for bytes; the batch keeps its values. */
  static Tensor apply(FloatBatch in, Scaling scaling) {
    long size = in.size();
    Tensor floats =
        torch.from_blob(
            new FloatPointer(in.rgb()),
            new long[] {in.count(), size, size, 3},
            new TensorOptions(ScalarType.Float));
    return inPlace(floats.permute(0, 3, 1, 2).clone(), scaling);
  }

  private static Tensor inPlace(Tensor x, Scaling scaling) {
    // The reference's steps, each rounded to float32: MONAI's ScaleIntensityRange.
    if (scaling.fromLow() != 0) {
      x.sub_(new Scalar(scaling.fromLow()));
    }
    x.div_(new Scalar(scaling.fromHigh() - scaling.fromLow()));
    x.mul_(new Scalar(scaling.toHigh() - scaling.toLow()));
    return x.add_(new Scalar(scaling.toLow()));
  }
}
