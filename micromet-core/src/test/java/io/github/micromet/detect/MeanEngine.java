// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import io.github.micromet.net.Engine;
import io.github.micromet.net.EngineInfo;
import io.github.micromet.net.ModelContract;
import io.github.micromet.pixels.PixelBatch;
import io.github.micromet.run.ModelSource;
import java.nio.ByteBuffer;

/** An engine whose logit is the mean of a window's bytes, less 128, by 32: quick and exact. */
class MeanEngine implements Engine {
  static Model model() {
    return new Model(
        new MeanEngine(), new ModelSource("mean", "0".repeat(64), "none", ModelContract.REFERENCE));
  }

  static float logit(ByteBuffer rgb, int from, int bytes) {
    long sum = 0;
    for (int i = 0; i < bytes; i++) {
      sum += rgb.get(from + i) & 0xff;
    }
    return (float) ((sum / (double) bytes - 128) / 32);
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo("mean", "cpu", "exact");
  }

  @Override
  public ModelContract contract() {
    return ModelContract.REFERENCE;
  }

  @Override
  public int outputsPerSide(int size) {
    return 1;
  }

  @Override
  public long residentBytes() {
    return 0;
  }

  @Override
  public long workingBytes(int batch, int size) {
    return 1 << 20;
  }

  @Override
  public void logits(PixelBatch in, float[] out) {
    int bytes = in.size() * in.size() * 3;
    ByteBuffer rgb = in.rgb();
    for (int i = 0; i < in.count(); i++) {
      out[i] = logit(rgb, i * bytes, bytes);
    }
  }

  @Override
  public void close() {}
}
