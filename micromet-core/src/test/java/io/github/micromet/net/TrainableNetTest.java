// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.micromet.error.MicrometException;
import io.github.micromet.net.ModelContract.ChannelOrder;
import io.github.micromet.net.TrainableNet.Mode;
import io.github.micromet.net.weights.DType;
import io.github.micromet.net.weights.StateDict;
import io.github.micromet.net.weights.WeightTensor;
import io.github.micromet.pixels.BatchPool;
import io.github.micromet.pixels.FloatBatch;
import io.github.micromet.pixels.PixelBatch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainableNetTest {
  private static final double LOGIT = 3e-4; // as of the engine on the same noise
  private static final int WINDOW = 224;
  private final TrainableNet net = TrainableNet.of(TumorNet.untrained(), Precision.FP32, 1);

  @AfterEach
  void close() {
    net.close();
  }

  private static float[] logits(TrainableNet of, FloatBatch pixels, Mode mode) {
    try (PointerScope scope = new PointerScope()) {
      return NativeTensors.copy(of.forward(pixels, mode)).floatArray();
    }
  }

  private static void backward(TrainableNet of, FloatBatch pixels, Mode mode) {
    try (PointerScope scope = new PointerScope()) {
      of.forward(pixels, mode).sum().backward();
    }
  }

  private static long counted(StateDict state) {
    return state.get("features.1.num_batches_tracked").orElseThrow().longs().get(0);
  }

  private static FloatBuffer mean(StateDict state) {
    return state.get("features.7.1.bn2.running_mean").orElseThrow().floats();
  }

  @Test
  void itsWeightsAreThoseItWasMadeOfInPyTorchsOrder() {
    List<String> names = NetworkShape.PARAMETERS.stream().map(p -> p.name()).toList();
    assertThat(net.state().names()).containsExactlyElementsOf(names);
    assertThat(net.parameters()).hasSize(62);
    assertThat(net.buffers()).hasSize(60);
    assertThat(net.parameters().get(0).name()).isEqualTo("features.0.weight");
    assertThat(net.parameters().get(61).name()).isEqualTo("fc.bias");
    assertThat(Stream.concat(net.parameters().stream(), net.buffers().stream()).map(t -> t.name()))
        .containsExactlyInAnyOrderElementsOf(names);
    assertEqual(net.state(), FormulaWeights.state());
  }

  private static void assertEqual(StateDict found, StateDict wanted) {
    assertThat(found.names()).containsExactlyElementsOf(wanted.names());
    wanted
        .tensors()
        .forEach(
            (name, tensor) -> {
              WeightTensor other = found.get(name).orElseThrow();
              assertThat(other.shape()).as(name).isEqualTo(tensor.shape());
              assertThat(other.dtype()).as(name).isEqualTo(tensor.dtype());
              if (tensor.dtype() == DType.FLOAT32) {
                assertThat(other.floats()).as(name).isEqualTo(tensor.floats());
              } else {
                assertThat(other.longs()).as(name).isEqualTo(tensor.longs());
              }
            });
  }

  @Test
  void evaluationGivesTheEnginesLogits() throws InterruptedException {
    PixelBatch bytes = new BatchPool(1, 2, 256).take();
    bytes.setCount(2);
    FloatBatch floats = FormulaPatches.floats(0, 2, 256);
    FloatBuffer values = floats.rgb();
    for (int i = 0; i < values.limit(); i++) {
      bytes.rgb().put(i, (byte) values.get(i));
    }
    float[] wanted = new float[8];
    try (TorchEngine engine = TorchEngine.open(TumorNet.untrained(), Precision.FP32)) {
      engine.logits(bytes, wanted);
    }
    assertThat(logits(net, floats, Mode.EVALUATION)).containsExactly(wanted, within((float) LOGIT));
    assertThat(floats.rgb()).isEqualTo(FormulaPatches.floats(0, 2, 256).rgb());
    assertEqual(net.state(), FormulaWeights.state());
  }

  @Test
  void trainingMovesAndCountsTheStatisticsAndFrozenDoesNot() {
    FloatBatch pixels = FormulaPatches.floats(0, 1, WINDOW);
    float frozen = logits(net, pixels, Mode.TRAINING_FROZEN_NORM)[0];
    assertEqual(net.state(), FormulaWeights.state());
    assertThat(frozen).isEqualTo(logits(net, pixels, Mode.EVALUATION)[0]);

    float moving = logits(net, pixels, Mode.TRAINING)[0];
    assertThat(Math.abs(moving - frozen)).isGreaterThan(1);
    assertThat(counted(net.state())).isEqualTo(1);
    assertThat(mean(net.state())).isNotEqualTo(mean(FormulaWeights.state()));
  }

  @Test
  void statisticsSetAnewAreThePlainMeanOverTheBatchesWhateverTheyWere() {
    FloatBatch one = FormulaPatches.floats(0, 1, WINDOW);
    FloatBatch other = FormulaPatches.floats(1, 1, WINDOW);
    logits(net, one, Mode.TRAINING);
    net.recalibrate(one, 0);
    float[] ofOne = statistics(net.state());
    net.recalibrate(other, 0);
    float[] ofOther = statistics(net.state());
    net.recalibrate(one, 0);
    net.recalibrate(other, 1);

    float[] ofBoth = statistics(net.state());
    assertThat(ofOne).isNotEqualTo(ofOther);
    for (int i = 0; i < ofBoth.length; i++) {
      float mean = (ofOne[i] + ofOther[i]) / 2;
      assertThat(ofBoth[i]).isCloseTo(mean, within(1e-5f * Math.abs(mean) + 1e-9f));
    }
    assertThat(counted(net.state())).isEqualTo(2);
    for (NamedTensor parameter : net.parameters()) {
      assertThat(parameter.tensor().grad().defined()).as(parameter.name()).isFalse();
    }
  }

  /** Means, then variances, of one layer. */
  private static float[] statistics(StateDict state) {
    float[] means = state.get("features.7.1.bn2.running_mean").orElseThrow().floatArray();
    float[] variances = state.get("features.7.1.bn2.running_var").orElseThrow().floatArray();
    float[] both = Arrays.copyOf(means, means.length + variances.length);
    System.arraycopy(variances, 0, both, means.length, variances.length);
    return both;
  }

  @Test
  void aMomentumOfOneTakesTheBatchsStatisticsAsTheyAre() {
    FloatBatch pixels = FormulaPatches.floats(0, 1, WINDOW);
    net.recalibrate(pixels, 0);
    try (TrainableNet quick = TrainableNet.of(TumorNet.untrained(), Precision.FP32, 1, 1.0)) {
      logits(quick, pixels, Mode.TRAINING);
      assertThat(statistics(quick.state())).isEqualTo(statistics(net.state()));
    }
  }

  @Test
  void gradientsReachEveryParameterAndAreForgottenOnRequest() {
    backward(net, FormulaPatches.floats(0, 1, WINDOW), Mode.TRAINING_FROZEN_NORM);
    for (NamedTensor parameter : net.parameters()) {
      assertThat(parameter.tensor().grad().defined()).as(parameter.name()).isTrue();
    }
    net.clearGradients();
    for (NamedTensor parameter : net.parameters()) {
      assertThat(parameter.tensor().grad().defined()).as(parameter.name()).isFalse();
    }
  }

  @Test
  void evaluationKeepsNothingForGradients() {
    try (PointerScope scope = new PointerScope()) {
      Tensor logits = net.forward(FormulaPatches.floats(0, 1, WINDOW), Mode.EVALUATION);
      assertThat(logits.requires_grad()).isFalse();
    }
  }

  @Test
  void whatIsLoadedIsUsed() {
    FloatBatch pixels = FormulaPatches.floats(0, 1, WINDOW);
    TumorNet other = InitialWeights.reference(15);
    float before = logits(net, pixels, Mode.EVALUATION)[0];
    net.load(other.state());
    assertEqual(net.state(), other.state());
    assertThat(logits(net, pixels, Mode.EVALUATION)[0]).isNotEqualTo(before);
    assertThatThrownBy(() -> net.load(StateDict.of(Map.of())))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("features.0.weight is missing");
  }

  @Test
  void channelsInTheOtherOrderGiveTheSameLogits() {
    ModelContract rgb = ModelContract.REFERENCE;
    ModelContract bgr =
        new ModelContract(
            rgb.window(),
            rgb.mpp(),
            ChannelOrder.BGR,
            rgb.scaling(),
            rgb.activation(),
            rgb.outputStride());
    FloatBatch pixels = FormulaPatches.floats(0, 1, WINDOW);
    FloatBatch swapped = FormulaPatches.floats(0, 1, WINDOW);
    for (int i = 0; i < pixels.rgb().limit(); i++) {
      swapped.rgb().put(i / 3 * 3 + 2 - i % 3, pixels.rgb().get(i));
    }
    float usual = logits(net, pixels, Mode.EVALUATION)[0];
    try (TrainableNet other =
        TrainableNet.of(TumorNet.of(FormulaWeights.state(), bgr), Precision.FP32, 1)) {
      assertThat(logits(other, swapped, Mode.EVALUATION)[0]).isEqualTo(usual);
      assertThat(Math.abs(logits(other, pixels, Mode.EVALUATION)[0] - usual)).isGreaterThan(0.01f);
    }
  }

  @Test
  void aStepLeavesNoNativeMemoryBehind() {
    FloatBatch pixels = FormulaPatches.floats(0, 1, WINDOW);
    List<Long> pointers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      backward(net, pixels, Mode.TRAINING);
      net.clearGradients();
      pointers.add(Pointer.totalCount());
    }
    assertThat(pointers.subList(1, 4)).containsOnly(pointers.get(0));
  }

  @Test
  void aClosedNetHasGivenItsMemoryBack() {
    TumorNet start = TumorNet.untrained();
    TrainableNet.of(start, Precision.FP32, 1).close();
    long pointers = Pointer.totalCount();
    TrainableNet other = TrainableNet.of(start, Precision.FP32, 1);
    assertThat(Pointer.totalCount()).isGreaterThan(pointers);
    other.close();
    assertThat(Pointer.totalCount()).isEqualTo(pointers);
  }
}
