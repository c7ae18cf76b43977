// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Binary cross-entropy of logits, the mean over a batch, in float32 whatever the logits are. */
public final class Loss {
  private Loss() {}

  /**
   * Both tensors lie in the caller's scope.
   *
   * @param logits N,1,k,k
   * @param labels 0 or 1, one a logit, row-major
   * @return a scalar, from which gradients flow back
   */
  public static Tensor of(Tensor logits, float[] labels) {
    if (logits.numel() != labels.length) {
      throw new IllegalArgumentException(
          labels.length + " labels for " + logits.numel() + " logits");
    }
    Tensor wanted = Tensor.create(labels, (long) labels.length);
    Tensor flat = logits.to(ScalarType.Float).reshape(labels.length);
    return torch.binary_cross_entropy_with_logits(flat, wanted);
  }
}
