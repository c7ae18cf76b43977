// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Counts patches that are on the right side. */
final class Accuracy {
  private static final float HALF = 0.5f;

  private Accuracy() {}

  /**
   * How many probabilities of at least a half have label 1, and smaller ones 0. As the reference,
   * the probability is rounded to the type of the logits before it is compared: in bfloat16 a logit
   * of -0.002 is exactly a half, and positive.
   *
   * @param logits N,1,1,1
   * @param labels N, 0 or 1
   */
  static int count(Tensor logits, float[] labels) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Tensor probabilities =
          logits
              .to(ScalarType.Float)
              .sigmoid()
              .to(logits.scalar_type())
              .to(ScalarType.Float)
              .contiguous();
      float[] values = new float[labels.length];
      new FloatPointer(probabilities.data_ptr()).get(values);
      int correct = 0;
      for (int i = 0; i < labels.length; i++) {
        correct += (values[i] >= HALF ? 1f : 0f) == labels[i] ? 1 : 0;
      }
      return correct;
    }
  }
}
