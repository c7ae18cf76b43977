// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.net.Convolution.Layout;
import io.github.micromet.net.Layers.Layer;
import io.github.micromet.net.weights.StateDict;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The network's convolutions in native memory, with the norms folded in.
 *
 * <p>Threads: {@link #forward} from many at once; {@link #close} once, after the last of them.
 */
final class FoldedNetwork implements Layers.Arithmetic, AutoCloseable {
  private final List<Tensor> owned = new ArrayList<>();
  private final List<Convolution> convolutions = new ArrayList<>();
  private final Rounding rounding;

  /**
   * @param fourierStages in how many of the four stages, from the first, {@link Fourier} multiplies
   */
  FoldedNetwork(StateDict state, boolean reverseChannels, Precision precision, int fourierStages) {
    rounding = Rounding.of(precision);
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      for (Layer layer : Layers.all()) {
        FoldedWeights weights =
            layer
                .norm()
                .map(norm -> FoldedWeights.of(state, layer.convolution(), norm))
                .orElseGet(() -> FoldedWeights.plain(state, layer.convolution()));
        boolean first = layer.index() == 0;
        convolutions.add(
            Convolution.of(
                first && reverseChannels ? weights.channelsReversed() : weights,
                layer.stride(),
                layout(layer, fourierStages),
                stored(layer),
                this::hold));
      }
    }
  }

  private static Layout layout(Layer layer, int fourierStages) {
    if (layer.stage() < 0 || layer.stage() >= fourierStages) {
      return Layout.CHANNELS_LAST;
    }
    return layer.stride() == 1 ? Layout.FOURIER : Layout.PLANES;
  }

  /** The head, without a norm, is float32 whatever the rest is. */
  private Rounding stored(Layer layer) {
    return layer.norm().isPresent() ? rounding : Rounding.FP32;
  }

  private Tensor hold(Tensor tensor) {
    owned.add(tensor.retainReference()); // outlives the scope of the constructor
    return tensor;
  }

  @Override
  public Tensor apply(Layer layer, Tensor x) {
    return stored(layer).store(convolutions.get(layer.index()).apply(x));
  }

  @Override
  public Tensor store(Tensor x) {
    return rounding.store(x);
  }

  /**
   * @param x N,3,S,S float32, scaled; not used afterwards
   * @return N,1,k,k float32
   */
  Tensor forward(Tensor x) {
    return Layers.forward(x, this);
  }

  @Override
  public void close() {
    owned.forEach(Tensor::releaseReference);
    owned.clear();
  }
}
