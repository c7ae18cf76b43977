// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.GoldenJson;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.InitialWeights.Start;
import io.github.micromet.net.weights.DType;
import io.github.micromet.net.weights.StateDict;
import io.github.micromet.net.weights.TorchWriter;
import io.github.micromet.net.weights.WeightTensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitialWeightsTest {
  @TempDir private Path folder;

  @Test
  void everyEntryEqualsTheReferencesForTwoSeeds() {
    JsonNode seeds = GoldenJson.read("training/initial.json");
    assertThat(seeds).hasSize(2);
    for (JsonNode golden : seeds) {
      StateDict state = InitialWeights.reference(golden.get("seed").asLong()).state();
      assertThat(state.names()).hasSize(122);
      golden
          .get("entries")
          .properties()
          .forEach(
              entry ->
                  assertDescribed(
                      entry.getKey(), state.get(entry.getKey()).orElseThrow(), entry.getValue()));
    }
  }

  private static void assertDescribed(String name, WeightTensor found, JsonNode wanted) {
    if (found.dtype() == DType.INT64) {
      assertThat(found.longs().get(0)).as(name).isEqualTo(wanted.get("first").get(0).asLong());
      return;
    }
    FloatBuffer values = found.floats();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < values.limit(); i++) {
      sum += values.get(i);
      squares += (double) values.get(i) * values.get(i);
    }
    for (int i = 0; i < wanted.get("first").size(); i++) {
      assertThat(values.get(i))
          .as("%s [%d]", name, i)
          .isEqualTo((float) wanted.get("first").get(i).asDouble());
    }
    // Sums in another order.
    assertThat(sum).as(name).isCloseTo(wanted.get("sum").asDouble(), within(1e-9 * squares + 1e-9));
    assertThat(squares)
        .as(name)
        .isCloseTo(wanted.get("squares").asDouble(), within(1e-11 * squares));
  }

  @Test
  void seed15StartsAsTheSpecificationSays() {
    StateDict state = InitialWeights.reference(15).state();
    FloatBuffer stem = state.get("features.0.weight").orElseThrow().floats();
    assertThat(stem.get(0)).isCloseTo(-0.03461615f, within(5e-9f));
    assertThat(stem.get(1)).isCloseTo(-0.03362229f, within(5e-9f));
    assertThat(stem.get(2)).isCloseTo(0.00883122f, within(5e-9f));
    assertThat(state.get("fc.bias").orElseThrow().floats().get(0))
        .isCloseTo(-0.01619030f, within(5e-9f));
  }

  /** Golden weights under torchvision's names; the classifier of ImageNet's classes. */
  private static Map<String, WeightTensor> imageNet() {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    FormulaWeights.state()
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (!name.startsWith("fc.")) {
                String torchvision =
                    name.replace("features.0.", "conv1.")
                        .replace("features.1.", "bn1.")
                        .replace("features.4.", "layer1.")
                        .replace("features.5.", "layer2.")
                        .replace("features.6.", "layer3.")
                        .replace("features.7.", "layer4.");
                tensors.put(torchvision, tensor);
              }
            });
    tensors.put("fc.weight", WeightTensor.ofFloats(new float[512_000], 1000, 512));
    tensors.put("fc.bias", WeightTensor.ofFloats(new float[1000], 1000));
    return tensors;
  }

  private Path write(Map<String, WeightTensor> tensors) {
    Path file = folder.resolve("start.pt");
    TorchWriter.write(file, StateDict.of(tensors));
    return file;
  }

  @Test
  void aResNetOfImageNetGivesAllButItsClassifier() {
    Map<String, WeightTensor> tensors = imageNet();
    tensors.keySet().removeIf(name -> name.endsWith("num_batches_tracked"));
    Start start = InitialWeights.from(write(tensors), 15);

    StateDict formula = FormulaWeights.state();
    StateDict fresh = InitialWeights.reference(15).state();
    start
        .net()
        .state()
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (tensor.dtype() == DType.FLOAT32) {
                StateDict source = name.startsWith("fc.") ? fresh : formula;
                assertThat(tensor.floats())
                    .as(name)
                    .isEqualTo(source.get(name).orElseThrow().floats());
              } else {
                assertThat(tensor.longs().get(0)).as(name).isZero();
              }
            });
    assertThat(start.said())
        .contains(
            "ResNet18 with torchvision's names: its fc of 1000x512 is left out, the head starts"
                + " anew");
  }

  @Test
  void aCheckpointOfThisNetworkIsTakenAsItIs() {
    Start start = InitialWeights.from(write(FormulaWeights.state().tensors()), 15);
    assertThat(start.said()).isEmpty();
    assertThat(start.net().state().get("fc.bias").orElseThrow().floats().get(0)).isEqualTo(10.2f);
  }

  @Test
  void anotherResNetIsRefusedWithTheFirstDifferences() {
    Map<String, WeightTensor> tensors = imageNet();
    tensors.remove("layer3.1.conv2.weight");
    tensors.put("layer1.0.conv1.weight", WeightTensor.ofFloats(new float[4096], 64, 64, 1, 1));
    Path file = write(tensors);
    assertThatThrownBy(() -> InitialWeights.from(file, 15))
        .isInstanceOfSatisfying(
            MicrometException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INPUT))
        .hasMessageContaining("start.pt")
        .hasMessageContaining("features.4.0.conv1.weight is 64x64x1x1")
        .hasMessageContaining("features.6.1.conv2.weight is missing");
  }

  @Test
  void aDeeperResNetIsRefusedForWhatIsLeftOver() {
    Map<String, WeightTensor> tensors = imageNet();
    tensors.put("layer1.2.conv1.weight", WeightTensor.ofFloats(new float[9], 1, 1, 3, 3));
    Path file = write(tensors);
    assertThatThrownBy(() -> InitialWeights.from(file, 15))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("layer1.2.conv1.weight");
  }
}
