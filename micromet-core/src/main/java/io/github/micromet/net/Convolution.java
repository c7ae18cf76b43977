// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * One folded convolution in native memory, in the layout in which it runs fastest.
 *
 * @param weight out,in,k,k
 * @param bias out
 * @param stride of the window
 * @param padding zeros on each side
 * @param layout of input and output
 */
record Convolution(Tensor weight, Tensor bias, int stride, int padding, Layout layout) {
  private static final long[] NO_DILATION = {1, 1};

  /** How the pixels of input and output lie, and who multiplies. */
  enum Layout {
    /** N,H,W,C; oneDNN. */
    CHANNELS_LAST,
    /** N,C,H,W; oneDNN, for the strided convolution between two of {@link #FOURIER}. */
    PLANES,
    /** N,C,H,W; {@link Fourier}. */
    FOURIER;

    private Tensor arrange(Tensor x) {
      return x.contiguous(
          this == CHANNELS_LAST ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous);
    }
  }

  /** {@code keep} takes each native tensor and gives back the one to hold. */
  static Convolution of(
      FoldedWeights folded,
      int stride,
      Layout layout,
      Rounding rounding,
      UnaryOperator<Tensor> keep) {
    Tensor weight = Tensor.create(folded.weight(), folded.shape());
    Tensor bias = Tensor.create(folded.bias(), (long) folded.bias().length);
    return new Convolution(
        keep.apply(layout.arrange(rounding.store(weight))),
        keep.apply(rounding.store(bias)),
        stride,
        (int) folded.shape()[2] / 2,
        layout);
  }

  /** A new tensor; {@code x} is left as it is. */
  Tensor apply(Tensor x) {
    Tensor arranged = layout.arrange(x);
    if (layout == Layout.FOURIER) {
      return Fourier.convolve(arranged, weight, bias);
    }
    return torch.conv2d(
        arranged,
        weight,
        new TensorOptional(bias),
        new long[] {stride, stride},
        new long[] {padding, padding},
        NO_DILATION,
        1);
  }
}
