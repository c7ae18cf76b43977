// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.demo;

import io.github.micromet.net.Engine;
import io.github.micromet.net.EngineInfo;
import io.github.micromet.net.ModelContract;
import io.github.micromet.pixels.PixelBatch;
import java.nio.ByteBuffer;

/**
 * Colour in the place of the network: it takes the same windows down the same road, so that the two
 * scores differ by nothing else.
 *
 * <p>Threads: safe for many.
 */
final class ColourEngine implements Engine {
  private final ColourScore score;
  private final ModelContract contract;

  ColourEngine(ColourScore score, ModelContract contract) {
    this.score = score;
    this.contract = contract;
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo("mean colours", "cpu", "fp64");
  }

  @Override
  public ModelContract contract() {
    return contract;
  }

  @Override
  public int outputsPerSide(int size) {
    return 1;
  }

  @Override
  public long workingBytes(int batch, int size) {
    return 0;
  }

  @Override
  public long residentBytes() {
    return 0;
  }

  @Override
  public void logits(PixelBatch in, float[] out) {
    ByteBuffer rgb = in.rgb();
    int bytes = in.size() * in.size() * 3;
    for (int i = 0; i < in.count(); i++) {
      int first = i * bytes;
      out[i] = (float) score.logit(MeanColours.of(at -> rgb.get(first + at) & 0xff, in.size()));
    }
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
