// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The network's layers and the order in which they run, for every form of it: the one with
 * BatchNorm folded in, the one that is trained, and the list of its weights' names.
 */
final class Layers {
  private static final int[] STAGE_CHANNELS = {64, 128, 256, 512};
  private static final int FIRST_STAGE = 4; // PyTorch names the stages features.4 to features.7
  private static final int BLOCKS = 2;

  private static final long[] ONE = {1, 1};
  private static final long[] TWO = {2, 2};
  private static final long[] THREE = {3, 3};
  private static final long[] NONE = {0, 0};
  private static final long[] POOL = {NetworkShape.POOL, NetworkShape.POOL};

  private static final List<Layer> ALL = new ArrayList<>();
  private static final Layer STEM = add("features.0", Optional.of("features.1"), 3, 64, 7, 2, -1);
  private static final List<Block> BLOCK_LIST = blocks();
  private static final Layer HEAD = add("fc", Optional.empty(), 512, 1, 1, 1, -1);

  private Layers() {}

  /**
   * A convolution and the norm that follows it.
   *
   * @param index from 0, in PyTorch's order
   * @param convolution its name in the state dict
   * @param norm its name in the state dict; none for the head, which has a bias instead
   * @param in channels
   * @param out channels
   * @param kernel edge; there are kernel / 2 zeros of padding
   * @param stage 0 to 3; -1 outside them
   */
  record Layer(
      int index,
      String convolution,
      Optional<String> norm,
      int in,
      int out,
      int kernel,
      int stride,
      int stage) {}

  private record Block(Layer first, Layer second, Optional<Layer> shortcut) {}

  /** How one layer computes. */
  interface Arithmetic {
    /** A new tensor; {@code x} is left as it is. */
    Tensor apply(Layer layer, Tensor x);

    /** A sum as it is kept between two layers; {@code x} itself where nothing changes. */
    Tensor store(Tensor x);
  }

  /** Every layer in PyTorch's order. */
  static List<Layer> all() {
    return List.copyOf(ALL);
  }

  /**
   * Runs them.
   *
   * @param x N,3,S,S float32, scaled; not used afterwards
   * @return N,1,k,k
   */
  static Tensor forward(Tensor x, Arithmetic by) {
    Tensor y = by.apply(STEM, by.store(x)).relu_();
    y = torch.max_pool2d(y, THREE, TWO, ONE, ONE, false);
    for (Block block : BLOCK_LIST) {
      y = residual(block, y, by);
    }
    // The mean and the last sum cost nothing, and a logit in bfloat16 would have steps of 1/64:
    // which it has under autocast, in training, as PyTorch's there.
    y = y.to(ScalarType.Float);
    y = torch.avg_pool2d(y, POOL, ONE, NONE, false, true, new LongOptional());
    return by.apply(HEAD, y);
  }

  /** relu(second(relu(first(x))) + shortcut(x)); {@code x} is left as it is. */
  private static Tensor residual(Block block, Tensor x, Arithmetic by) {
    Tensor inner = by.apply(block.first(), x).relu_();
    inner = by.apply(block.second(), inner);
    Tensor outer = block.shortcut().map(way -> by.apply(way, x)).orElse(x);
    return by.store(inner.add_(outer)).relu_();
  }

  private static List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    int in = STAGE_CHANNELS[0];
    for (int stage = 0; stage < STAGE_CHANNELS.length; stage++) {
      int out = STAGE_CHANNELS[stage];
      for (int block = 0; block < BLOCKS; block++) {
        String name = "features." + (FIRST_STAGE + stage) + "." + block;
        int stride = in == out ? 1 : 2;
        blocks.add(
            new Block(
                add(name + ".conv1", Optional.of(name + ".bn1"), in, out, 3, stride, stage),
                add(name + ".conv2", Optional.of(name + ".bn2"), out, out, 3, 1, stage),
                in == out
                    ? Optional.empty()
                    : Optional.of(
                        add(
                            name + ".downsample.0",
                            Optional.of(name + ".downsample.1"),
                            in,
                            out,
                            1,
                            stride,
                            stage))));
        in = out;
      }
    }
    return blocks;
  }

  private static Layer add(
      String convolution,
      Optional<String> norm,
      int in,
      int out,
      int kernel,
      int stride,
      int stage) {
    Layer layer = new Layer(ALL.size(), convolution, norm, in, out, kernel, stride, stage);
    ALL.add(layer);
    return layer;
  }
}
