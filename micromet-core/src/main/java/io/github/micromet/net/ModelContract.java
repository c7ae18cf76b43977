// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import java.util.Objects;

/**
 * What a model expects and gives; travels with the weights, and nothing else on the path knows it.
 *
 * @param window edge of the smallest input in pixels
 * @param mpp microns per pixel it was trained at
 * @param channels order of the input's channels
 * @param scaling from uint8 to the network's floats
 * @param activation from logit to probability
 * @param outputStride input pixels between two neighbouring outputs
 */
public record ModelContract(
    int window,
    double mpp,
    ChannelOrder channels,
    Scaling scaling,
    Activation activation,
    int outputStride) {

  /** The reference's: 224 px RGB at CAMELYON16's level 0, to [-1, 1], sigmoid, stride 32. */
  public static final ModelContract REFERENCE =
      new ModelContract(
          224, 0.243, ChannelOrder.RGB, new Scaling(0, 255, -1, 1), Activation.SIGMOID, 32);

  public ModelContract {
    Objects.requireNonNull(channels);
    Objects.requireNonNull(scaling);
    Objects.requireNonNull(activation);
    if (window <= 0 || outputStride <= 0 || !(mpp > 0)) {
      throw new IllegalArgumentException("a contract has a window, a stride and a spacing");
    }
  }

  /** The same for a model that was trained at another spacing. */
  public ModelContract withMpp(double other) {
    return new ModelContract(window, other, channels, scaling, activation, outputStride);
  }

  /** Order of the channels in the input. */
  public enum ChannelOrder {
    RGB,
    BGR
  }

  /** From the network's output to a probability. */
  public enum Activation {
    SIGMOID {
      /** As PyTorch's float32 sigmoid. */
      @Override
      public float of(float logit) {
        return (float) (1.0 / (1.0 + Math.exp(-(double) logit)));
      }
    },
    NONE {
      @Override
      public float of(float logit) {
        return logit;
      }
    };

    /** The probability of one logit, float32. */
    public abstract float of(float logit);
  }

  /**
   * x' = (x - fromLow) / (fromHigh - fromLow) * (toHigh - toLow) + toLow, float32 steps, no clip.
   */
  public record Scaling(float fromLow, float fromHigh, float toLow, float toHigh) {
    public Scaling {
      if (!(fromHigh > fromLow) || toHigh == toLow) {
        throw new IllegalArgumentException("a scaling maps a range to a range");
      }
    }
  }
}
