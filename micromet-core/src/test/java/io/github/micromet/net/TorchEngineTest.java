// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.GoldenJson;
import io.github.micromet.TestData;
import io.github.micromet.net.ModelContract.Activation;
import io.github.micromet.net.ModelContract.ChannelOrder;
import io.github.micromet.pixels.BatchPool;
import io.github.micromet.pixels.PixelBatch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TorchEngineTest {
  /** The bound; the logits are between -4 and 3. */
  private static final double LOGIT = 1e-4;

  /** Noise takes the logits to -21, where one step of float32 is 2e-6 and the sums are longer. */
  private static final double NOISE_LOGIT = 3e-4;

  private static final int WINDOW = 224;
  private static TorchEngine engine;

  @BeforeAll
  static void open() {
    engine = TorchEngine.open(TumorNet.untrained(), Precision.FP32);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static PixelBatch batch(int count, int size) throws InterruptedException {
    PixelBatch batch = new BatchPool(1, count, size).take();
    batch.setCount(count);
    return batch;
  }

  /** Window k, pixel y,x, channel c: the top byte of splitmix64((k << 32) | (y*S + x)*3 + c). */
  private static PixelBatch noise(int count, int size) throws InterruptedException {
    PixelBatch batch = batch(count, size);
    ByteBuffer rgb = batch.rgb();
    for (long k = 0; k < count; k++) {
      for (int i = 0; i < size * size * 3; i++) {
        long z = (k << 32 | i) + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        rgb.put((byte) ((z ^ z >>> 31) >>> 56));
      }
    }
    return batch;
  }

  private static float[] logits(Engine by, PixelBatch batch) {
    int side = by.outputsPerSide(batch.size());
    float[] out = new float[batch.count() * side * side];
    by.logits(batch, out);
    return out;
  }

  /** The 64 real patches in batches of 16, as the reference took them. */
  private static List<Float> realLogits(Engine by, JsonNode files)
      throws IOException, InterruptedException {
    List<Float> all = new ArrayList<>();
    for (int first = 0; first < files.size(); first += 16) {
      PixelBatch batch = batch(16, WINDOW);
      ByteBuffer rgb = batch.rgb();
      for (int k = first; k < first + 16; k++) {
        Path file = TestData.file(files.get(k).asText());
        BufferedImage image = ImageIO.read(file.toFile());
        for (int pixel : image.getRGB(0, 0, WINDOW, WINDOW, null, 0, WINDOW)) {
          rgb.put((byte) (pixel >> 16)).put((byte) (pixel >> 8)).put((byte) pixel);
        }
      }
      for (float logit : logits(by, batch)) {
        all.add(logit);
      }
    }
    return all;
  }

  @Test
  void logitsEqualPyTorchOn64RealPatches() throws IOException, InterruptedException {
    JsonNode golden = GoldenJson.read("logits/patches.json");
    List<Float> logits = realLogits(engine, golden.get("files"));

    assertThat(logits).hasSize(64);
    for (int k = 0; k < 64; k++) {
      assertThat((double) logits.get(k))
          .as(golden.get("files").get(k).asText())
          .isCloseTo(golden.get("fp32").get(k).asDouble(), within(LOGIT));
    }
  }

  @Test
  void bfloat16IsNoFurtherFromFp32ThanPyTorchsOwn() throws IOException, InterruptedException {
    JsonNode golden = GoldenJson.read("logits/patches.json");
    List<Float> logits;
    try (TorchEngine bf16 = TorchEngine.open(TumorNet.untrained(), Precision.BF16)) {
      assertThat(bf16.info().precision()).isEqualTo("bf16");
      logits = realLogits(bf16, golden.get("files"));
    }
    double squares = 0;
    for (int k = 0; k < 64; k++) {
      double off =
          Activation.SIGMOID.of(logits.get(k)) - golden.get("fp32_probability").get(k).asDouble();
      squares += off * off;
    }
    double rms = Math.sqrt(squares / 64);
    assertThat(rms).isPositive().isLessThanOrEqualTo(1.2 * golden.get("bf16_rms").asDouble());
  }

  @Test
  void logitsEqualPyTorchOnPatchesThatAnyoneCanMake() throws InterruptedException {
    JsonNode golden = GoldenJson.read("logits/formula.json").get("fp32");
    float[] logits = logits(engine, noise(8, WINDOW));
    for (int k = 0; k < 8; k++) {
      assertThat((double) logits[k]).isCloseTo(golden.get(k).asDouble(), within(NOISE_LOGIT));
    }
  }

  @Test
  void directAndFourierConvolutionsAgree() throws InterruptedException {
    PixelBatch batch = noise(2, WINDOW);
    float[] usual = logits(engine, batch);
    for (int stages = 0; stages <= 3; stages++) {
      try (TorchEngine other = TorchEngine.open(TumorNet.untrained(), Precision.FP32, stages)) {
        assertThat(logits(other, batch)[1]).isCloseTo(usual[1], within((float) NOISE_LOGIT));
      }
    }
  }

  @Test
  void aLargerWindowGivesASquareOfLogitsRowByRow() throws InterruptedException {
    assertThat(engine.outputsPerSide(224)).isEqualTo(1);
    assertThat(engine.outputsPerSide(256)).isEqualTo(2);
    assertThat(engine.outputsPerSide(2240)).isEqualTo(64);
    assertThat(logits(engine, noise(3, 256))).hasSize(12);

    JsonNode golden = GoldenJson.read("logits/dense.json").get("fp32");
    float[] dense = logits(engine, halvedInACorner());
    assertThat(dense).hasSize(16);
    for (int i = 0; i < 16; i++) {
      assertThat((double) dense[i]).isCloseTo(golden.get(i).asDouble(), within(NOISE_LOGIT));
    }
  }

  /** Noise whose upper third, right of the middle, is half as bright: no two outputs are alike. */
  private static PixelBatch halvedInACorner() throws InterruptedException {
    int size = 320;
    PixelBatch batch = noise(1, size);
    ByteBuffer rgb = batch.rgb();
    for (int i = 0; i < rgb.limit(); i++) {
      if (i / 3 / size < size / 3 && i / 3 % size >= size / 2) {
        rgb.put(i, (byte) (Byte.toUnsignedInt(rgb.get(i)) / 2));
      }
    }
    return batch;
  }

  @Test
  void manyThreadsGiveTheSameBits() throws InterruptedException, ExecutionException {
    PixelBatch batch = noise(4, WINDOW);
    float[] alone = logits(engine, batch);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(pool.submit(() -> logits(engine, noise(4, WINDOW))));
      }
      for (Future<float[]> result : results) {
        assertThat(result.get()).containsExactly(alone);
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void aBatchLeavesNoNativeMemoryBehind() throws InterruptedException {
    PixelBatch batch = noise(1, WINDOW);
    float[] out = new float[1];
    engine.logits(batch, out);
    long pointers = Pointer.totalCount();
    long bytes = Pointer.totalBytes();
    for (int i = 0; i < 100; i++) {
      engine.logits(batch, out);
    }
    assertThat(Pointer.totalCount()).isEqualTo(pointers);
    assertThat(Pointer.totalBytes()).isEqualTo(bytes);
  }

  @Test
  void aClosedEngineHasGivenItsMemoryBack() {
    TumorNet net = TumorNet.untrained();
    TorchEngine.open(net, Precision.FP32).close();
    long pointers = Pointer.totalCount();
    TorchEngine other = TorchEngine.open(net, Precision.FP32);
    assertThat(Pointer.totalCount()).isGreaterThan(pointers);
    other.close();
    other.close();
    assertThat(Pointer.totalCount()).isEqualTo(pointers);
    assertThatThrownBy(() -> logits(other, noise(1, WINDOW)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void channelsInTheOtherOrderGiveTheSameLogits() throws InterruptedException {
    ModelContract rgb = ModelContract.REFERENCE;
    ModelContract bgr =
        new ModelContract(
            rgb.window(),
            rgb.mpp(),
            ChannelOrder.BGR,
            rgb.scaling(),
            rgb.activation(),
            rgb.outputStride());
    PixelBatch batch = noise(1, WINDOW);
    PixelBatch swapped = batch(1, WINDOW);
    for (int i = 0; i < batch.rgb().limit(); i++) {
      swapped.rgb().put(i / 3 * 3 + 2 - i % 3, batch.rgb().get(i));
    }
    float usual = logits(engine, batch)[0];
    try (TorchEngine other =
        TorchEngine.open(TumorNet.of(FormulaWeights.state(), bgr), Precision.FP32)) {
      assertThat(logits(other, swapped)[0]).isCloseTo(usual, within((float) NOISE_LOGIT));
      assertThat(Math.abs(logits(other, batch)[0] - usual)).isGreaterThan(0.01f);
    }
  }

  @Test
  void aWindowThatTheNetworkCannotTakeIsRefused() {
    for (int size : new int[] {0, 192, 223, 225, 240}) {
      assertThatThrownBy(() -> engine.outputsPerSide(size))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(size + " pixels: a window has at least 224 and a multiple of 32");
    }
    assertThatThrownBy(() -> engine.logits(batch(2, WINDOW), new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 floats for 2 logits");
  }

  @Test
  void anEmptyBatchGivesNothing() throws InterruptedException {
    PixelBatch batch = batch(1, WINDOW);
    batch.setCount(0);
    float[] out = {7};
    engine.logits(batch, out);
    assertThat(out).containsExactly(7);
  }

  @Test
  void bfloat16IsChosenWhereTheCpuMultipliesIt() {
    assertThat(Precision.forFlags(Set.of("avx2", "avx512_bf16"))).isEqualTo(Precision.BF16);
    assertThat(Precision.forFlags(Set.of("amx_bf16"))).isEqualTo(Precision.BF16);
    assertThat(Precision.forFlags(Set.of("avx2", "avx512f"))).isEqualTo(Precision.FP32);
    assertThat(Precision.AUTO.here()).isIn(Precision.FP32, Precision.BF16);
    assertThat(Precision.BF16.here()).isEqualTo(Precision.BF16);
  }

  @Test
  void theProbabilityIsPyTorchsSigmoidToOneStep() {
    // torch.sigmoid of float32 on the same logits, in the golden file.
    JsonNode golden = GoldenJson.read("logits/patches.json");
    for (int k = 0; k < 64; k++) {
      float wanted = (float) golden.get("fp32_probability").get(k).asDouble();
      float found = Activation.SIGMOID.of((float) golden.get("fp32").get(k).asDouble());
      assertThat(Math.abs(found - wanted)).isLessThanOrEqualTo(Math.ulp(wanted));
    }
  }

  @Test
  void theEstimateOfMemoryGrowsWithTheBatchAndTheWindow() {
    long one = TorchEngine.bytesFor(1, 224, Precision.FP32);
    long two = TorchEngine.bytesFor(2, 224, Precision.FP32);
    assertThat(two).isGreaterThan(one);
    assertThat(TorchEngine.bytesFor(1, 448, Precision.FP32) - one).isEqualTo(3 * (two - one));
    assertThat(TorchEngine.bytesFor(1, 224, Precision.BF16)).isGreaterThan(one);
  }

  @Test
  void whyThereIsNoLibraryIsSaidWithTheCure() {
    TorchLibrary.Status arm = TorchLibrary.absent("linux-arm64", "whatever");
    assertThat(arm.present()).isFalse();
    assertThat(arm.detail()).isEqualTo("no libtorch is published for linux-arm64");
    TorchLibrary.Status noexec = TorchLibrary.absent("linux-x86_64", "failed to map\nsegment");
    assertThat(noexec.detail()).isEqualTo("does not load on linux-x86_64 (failed to map)");
    assertThat(noexec.remedy()).contains("MICROMET_CACHE");
    assertThat(TorchLibrary.status().version())
        .hasValueSatisfying(version -> assertThat(version).matches("\\d+\\.\\d+\\.\\d+"));
  }
}
