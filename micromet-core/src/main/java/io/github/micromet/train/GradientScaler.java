// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.net.NamedTensor;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Keeps float16 gradients above its smallest number: the loss is multiplied, the gradients divided
 * again; the factor halves when a gradient is infinite or NaN, and doubles after a run of good
 * steps. As torch's GradScaler with its defaults. For float16 only: bfloat16 has float32's range.
 *
 * <p>Threads: one at a time.
 */
public final class GradientScaler {
  private static final double FIRST = 65536;
  private static final int GOOD_STEPS = 2000;

  private double factor;
  private int good;

  /** As training starts. */
  public GradientScaler() {
    this(FIRST, 0);
  }

  /**
   * As a checkpoint left it.
   *
   * @param good steps since the factor last changed
   */
  public GradientScaler(double factor, int good) {
    this.factor = factor;
    this.good = good;
  }

  public double factor() {
    return factor;
  }

  /** Steps without an infinite gradient since the factor last changed. */
  public int good() {
    return good;
  }

  /** The loss to go backward from, in the caller's scope. */
  public Tensor scale(Tensor loss) {
    return loss.mul(new Scalar(factor));
  }

  /**
   * Divides the gradients by the factor, in place, and sets the factor for the next step.
   *
   * @return whether all were finite; if not, this step must not be taken
   */
  public boolean unscale(List<NamedTensor> parameters) {
    boolean finite = true;
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      for (NamedTensor parameter : parameters) {
        Tensor gradient = parameter.tensor().grad();
        if (gradient.defined()) {
          gradient.mul_(new Scalar(1 / factor));
          finite &= gradient.isfinite().all().item_bool();
        }
      }
    }
    update(finite);
    return finite;
  }

  private void update(boolean finite) {
    good = finite ? good + 1 : 0;
    if (!finite) {
      factor /= 2;
    } else if (good == GOOD_STEPS) {
      factor *= 2;
      good = 0;
    }
  }
}
