// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How windows are laid over the tissue. */
public sealed interface Mode {
  /** The word on the command line and in the run record. */
  String word();

  /** One window of the model's size on every tissue cell of the mask level, as the reference. */
  record Patch() implements Mode {
    @Override
    public String word() {
      return "patch";
    }
  }

  /**
   * Windows at regular steps over the slide, one cell a window.
   *
   * @param stride step in level-0 pixels; excludes overlap
   * @param overlap fraction of a window, 0 to below 1, that neighbours share; excludes stride
   */
  record Sliding(OptionalInt stride, OptionalDouble overlap) implements Mode {
    public Sliding {
      if (stride.isPresent() && overlap.isPresent()) {
        throw new IllegalArgumentException("give a stride or an overlap, not both");
      }
      if (stride.isPresent() && stride.getAsInt() <= 0) {
        throw new IllegalArgumentException("the stride is a positive number of pixels");
      }
      if (overlap.isPresent() && !(overlap.getAsDouble() >= 0 && overlap.getAsDouble() < 1)) {
        throw new IllegalArgumentException("the overlap is a fraction from 0 to below 1");
      }
    }

    @Override
    public String word() {
      return "sliding";
    }
  }
}
