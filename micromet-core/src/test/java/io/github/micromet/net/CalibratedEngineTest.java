// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.net.ModelContract.Activation;
import io.github.micromet.pixels.BatchPool;
import io.github.micromet.pixels.PixelBatch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CalibratedEngineTest {
  private static final float[] LOGITS = {-8, 0, 3, 1e-3f};

  /** Gives the same logits whatever the pixels. */
  private static final class Fixed implements Engine {
    private boolean closed;

    @Override
    public EngineInfo info() {
      return new EngineInfo("fixed", "cpu", "fp32");
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
    public long workingBytes(int batch, int size) {
      return 1;
    }

    @Override
    public long residentBytes() {
      return 1;
    }

    @Override
    public void logits(PixelBatch in, float[] out) {
      System.arraycopy(LOGITS, 0, out, 0, in.count());
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static float[] calibrated(double temperature, int count) throws InterruptedException {
    float[] out = new float[6];
    Arrays.fill(out, 7);
    try (PixelBatch batch = new BatchPool(1, 4, 8).take()) {
      batch.setCount(count);
      new CalibratedEngine(new Fixed(), temperature).logits(batch, out);
    }
    return out;
  }

  @Test
  void logitsAreDividedAndAHalfStaysAHalf() throws InterruptedException {
    float[] out = calibrated(2, 4);

    assertThat(out).containsExactly(-4, 0, 1.5f, 5e-4f, 7, 7);
    assertThat(Activation.SIGMOID.of(out[1])).isEqualTo(0.5f);
  }

  @Test
  void whatTheBatchDidNotFillIsLeftAlone() throws InterruptedException {
    assertThat(calibrated(2, 2)).containsExactly(-4, 0, 7, 7, 7, 7);
  }

  @Test
  void aTemperatureOfOneChangesNothing() throws InterruptedException {
    assertThat(calibrated(1, 4)).startsWith(LOGITS);
  }

  @Test
  void itsEngineIsClosedWithIt() {
    Fixed fixed = new Fixed();

    new CalibratedEngine(fixed, 2).close();

    assertThat(fixed.closed).isTrue();
    assertThatThrownBy(() -> new CalibratedEngine(fixed, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
