// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.ModelContract.Activation;
import io.github.micromet.net.ModelContract.ChannelOrder;
import io.github.micromet.net.ModelContract.Scaling;
import io.github.micromet.net.weights.StateDict;
import io.github.micromet.net.weights.WeightTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TumorNetTest {
  @TempDir Path folder;

  private static MicrometException refusal(Consumer<Map<String, WeightTensor>> change) {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>(FormulaWeights.state().tensors());
    change.accept(tensors);
    try {
      TumorNet.of(StateDict.of(tensors), ModelContract.REFERENCE);
    } catch (MicrometException e) {
      return e;
    }
    throw new AssertionError("was taken");
  }

  @Test
  void aWrongShapeIsNamedWithBothShapes() {
    MicrometException e =
        refusal(map -> map.put("fc.weight", WeightTensor.ofFloats(new float[1024], 2, 512, 1, 1)));
    assertThat(e.kind()).isEqualTo(ErrorKind.INPUT);
    assertThat(e.problem())
        .isEqualTo(
            "fc.weight is 2x512x1x1 but this network needs 1x512x1x1 (a model of 2 classes?)");
    assertThat(e.remedy()).contains("TorchVisionFCModel(resnet18, num_classes=1, use_conv=True)");
  }

  @Test
  void missingAndForeignNamesAreNamedAndTheRestCounted() {
    MicrometException e =
        refusal(
            map -> {
              map.keySet().removeIf(name -> name.startsWith("features.7"));
              map.put("layer9.weight", WeightTensor.ofFloats(new float[1], 1));
            });
    assertThat(e.problem())
        .isEqualTo(
            "features.7.0.conv1.weight is missing; features.7.0.bn1.weight is missing;"
                + " features.7.0.bn1.bias is missing; and 28 more differences");
    assertThat(
            refusal(map -> map.put("layer9.weight", WeightTensor.ofFloats(new float[1], 1)))
                .problem())
        .isEqualTo("layer9.weight is not part of this network");
  }

  @Test
  void integersInPlaceOfFloatsAreRefused() {
    assertThat(refusal(map -> map.put("fc.bias", WeightTensor.ofLongs(new long[1], 1))).problem())
        .isEqualTo("fc.bias holds INT64, not FLOAT32");
  }

  @Test
  void aContractIsTheSameAfterItsJson() {
    ModelContract other =
        new ModelContract(224, 0.5, ChannelOrder.BGR, new Scaling(1, 2, 0, 1), Activation.NONE, 32);
    assertThat(ContractJson.parse(ContractJson.write(other), "x")).isEqualTo(other);
  }

  @Test
  void aContractThatTheNetworkCannotKeepIsRefused() {
    String json = ContractJson.write(ModelContract.REFERENCE).replace("224", "256");
    assertThatThrownBy(() -> ContractJson.parse(json, "x"))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("windows of 256");
    for (String broken : new String[] {"{}", "3", "{\"window\":", json.replace("RGB", "CMYK")}) {
      assertThatThrownBy(() -> ContractJson.parse(broken, "x"))
          .isInstanceOf(MicrometException.class)
          .hasMessageContaining("is no contract");
    }
  }

  @Test
  void aFileWithTheRightNamesOnlyGoesToTheNetwork() throws IOException {
    Path file = folder.resolve("x.pt");
    Files.writeString(file, "no checkpoint");
    assertThatThrownBy(() -> TumorNet.load(file))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("is no checkpoint");
  }

  @Test
  void theContractInSafetensorsMetadataIsTaken() throws IOException {
    ModelContract other =
        new ModelContract(
            224, 0.5, ChannelOrder.BGR, new Scaling(0, 1, 0, 1), Activation.SIGMOID, 32);
    Path file = folder.resolve("net.safetensors");
    SafetensorsFile.write(
        file, FormulaWeights.state(), Map.of(TumorNet.CONTRACT_KEY, ContractJson.write(other)));

    TumorNet net = TumorNet.load(file);

    assertThat(net.contract()).isEqualTo(other);
    assertThat(net.sha256()).isPresent();
    assertThat(net.state().get("fc.weight").orElseThrow().floatArray())
        .containsExactly(FormulaWeights.state().get("fc.weight").orElseThrow().floatArray());
    assertThat(TumorNet.untrained().contract()).isEqualTo(ModelContract.REFERENCE);
  }
}
