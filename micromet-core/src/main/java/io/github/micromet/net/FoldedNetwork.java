// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.net.Convolution.Layout;
import io.github.micromet.net.weights.StateDict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The network's convolutions in native memory and their order.
 *
 * <p>Threads: {@link #forward} from many at once; {@link #close} once, after the last of them.
 */
final class FoldedNetwork implements AutoCloseable {
  private static final long[] ONE = {1, 1};
  private static final long[] TWO = {2, 2};
  private static final long[] THREE = {3, 3};
  private static final long[] NONE = {0, 0};
  private static final long[] POOL = {NetworkShape.POOL, NetworkShape.POOL};

  private record Block(Convolution first, Convolution second, Optional<Convolution> shortcut) {
    /** relu(second(relu(first(x))) + shortcut(x)); {@code x} is left as it is. */
    Tensor apply(Tensor x, Rounding rounding) {
      Tensor inner = rounding.store(first.apply(x)).relu_();
      inner = rounding.store(second.apply(inner));
      Tensor outer = shortcut.map(way -> rounding.store(way.apply(x))).orElse(x);
      return rounding.store(inner.add_(outer)).relu_();
    }
  }

  private final List<Tensor> owned = new ArrayList<>();
  private final Convolution stem;
  private final List<Block> blocks = new ArrayList<>();
  private final Convolution head;
  private final Rounding rounding;

  /**
   * @param fourierStages in how many of the four stages, from the first, {@link Fourier} multiplies
   */
  FoldedNetwork(StateDict state, boolean reverseChannels, Precision precision, int fourierStages) {
    rounding = Rounding.of(precision);
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      FoldedWeights first = FoldedWeights.of(state, "features.0", "features.1");
      stem = keep(reverseChannels ? first.channelsReversed() : first, 2, Layout.CHANNELS_LAST);
      int stages = NetworkShape.STAGE_CHANNELS.length;
      for (int stage = 0; stage < stages; stage++) {
        boolean tiles = stage < fourierStages;
        for (int block = 0; block < NetworkShape.BLOCKS; block++) {
          String name = "features." + (NetworkShape.FIRST_STAGE + stage) + "." + block;
          blocks.add(block(state, name, stage > 0 && block == 0 ? 2 : 1, tiles));
        }
      }
      head =
          Convolution.of(
              FoldedWeights.plain(state, "fc"), 1, Layout.CHANNELS_LAST, Rounding.FP32, this::hold);
    }
  }

  private Block block(StateDict state, String name, int stride, boolean tiles) {
    Layout tiled = tiles ? Layout.FOURIER : Layout.CHANNELS_LAST;
    Layout strided = tiles ? Layout.PLANES : Layout.CHANNELS_LAST;
    Layout first = stride == 1 ? tiled : strided;
    return new Block(
        keep(FoldedWeights.of(state, name + ".conv1", name + ".bn1"), stride, first),
        keep(FoldedWeights.of(state, name + ".conv2", name + ".bn2"), 1, tiled),
        state.get(name + ".downsample.0.weight").isEmpty()
            ? Optional.empty()
            : Optional.of(
                keep(
                    FoldedWeights.of(state, name + ".downsample.0", name + ".downsample.1"),
                    stride,
                    strided)));
  }

  private Convolution keep(FoldedWeights weights, int stride, Layout layout) {
    return Convolution.of(weights, stride, layout, rounding, this::hold);
  }

  private Tensor hold(Tensor tensor) {
    owned.add(tensor.retainReference()); // outlives the scope of the constructor
    return tensor;
  }

  /**
   * @param x N,3,S,S float32, scaled; not used afterwards
   * @return N,1,k,k float32
   */
  Tensor forward(Tensor x) {
    Tensor y = rounding.store(stem.apply(rounding.store(x))).relu_();
    y = torch.max_pool2d(y, THREE, TWO, ONE, ONE, false);
    for (Block block : blocks) {
      y = block.apply(y, rounding);
    }
    // The mean and the last sum cost nothing, and a logit in bfloat16 would have steps of 1/64.
    y = y.to(ScalarType.Float);
    y = torch.avg_pool2d(y, POOL, ONE, NONE, false, true, new LongOptional());
    return head.apply(y);
  }

  @Override
  public void close() {
    owned.forEach(Tensor::releaseReference);
    owned.clear();
  }
}
