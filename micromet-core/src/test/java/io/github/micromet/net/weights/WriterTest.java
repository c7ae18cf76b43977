// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.Golden;
import io.github.micromet.GoldenJson;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.ContractJson;
import io.github.micromet.net.FormulaWeights;
import io.github.micromet.net.ModelContract;
import io.github.micromet.net.TumorNet;
import io.github.micromet.net.weights.Checkpoint.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {
  @TempDir private Path folder;

  /** Where conformance/oracle/checkpoint.py finds what PyTorch is to judge. */
  private static Path written(String name) throws IOException {
    Path folder = Golden.root().resolve("micromet-core/target/conformance");
    return Files.createDirectories(folder).resolve(name);
  }

  private static void assertEqual(StateDict found, StateDict wanted) {
    assertThat(found.names()).containsExactlyElementsOf(wanted.names());
    wanted
        .tensors()
        .forEach(
            (name, tensor) -> {
              WeightTensor other = found.get(name).orElseThrow();
              assertThat(other.dtype()).as(name).isEqualTo(tensor.dtype());
              assertThat(other.shape()).as(name).isEqualTo(tensor.shape());
              assertThat(other.littleEndian()).as(name).isEqualTo(tensor.littleEndian());
            });
  }

  private static StateDict small() {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    tensors.put("z.größe", WeightTensor.ofFloats(new float[] {1, Float.MIN_VALUE, -0f}, 3, 1));
    tensors.put("none", WeightTensor.ofFloats(new float[0], 0, 4));
    tensors.put("a.count", WeightTensor.ofLongs(new long[] {1L << 60}));
    tensors.put("scalar", WeightTensor.ofFloats(new float[] {Float.NaN}));
    return StateDict.of(tensors);
  }

  @Test
  void theCheckpointHasTheBytesThatPyTorchLoadedAndReadsBack() throws IOException {
    Path file = written("formula.pt");
    TorchWriter.write(file, FormulaWeights.state());
    Checkpoint back = Weights.load(file);
    assertThat(back.format()).isEqualTo(Format.PYTORCH);
    assertEqual(back.state(), FormulaWeights.state());

    JsonNode loaded = GoldenJson.read("checkpoint/written.json");
    assertThat(back.sha256()).isEqualTo(loaded.get("formula.pt").asText());
  }

  @Test
  void safetensorsHaveTheBytesThatItsLibraryLoadedAndReadBack() throws IOException {
    Path file = written("formula.safetensors");
    Map<String, String> metadata =
        Map.of(TumorNet.CONTRACT_KEY, ContractJson.write(ModelContract.REFERENCE), "format", "pt");
    SafetensorsWriter.write(file, FormulaWeights.state(), metadata);
    Checkpoint back = Weights.load(file);
    assertThat(back.format()).isEqualTo(Format.SAFETENSORS);
    assertThat(back.metadata()).isEqualTo(metadata);
    assertEqual(back.state(), FormulaWeights.state());
    assertThat(TumorNet.load(file).contract()).isEqualTo(ModelContract.REFERENCE);

    JsonNode loaded = GoldenJson.read("checkpoint/written.json");
    assertThat(back.sha256()).isEqualTo(loaded.get("formula.safetensors").asText());
  }

  @Test
  void oddShapesAndValuesComeBack() {
    Path pt = folder.resolve("small.pt");
    TorchWriter.write(pt, small());
    assertEqual(Weights.load(pt).state(), small());
    Path safetensors = folder.resolve("small.safetensors");
    SafetensorsWriter.write(safetensors, small(), Map.of());
    assertEqual(Weights.load(safetensors).state(), small());
    assertThat(Weights.load(safetensors).metadata()).isEmpty();
  }

  @Test
  void everyTensorsBytesAreAlignedTo64() throws IOException {
    Path file = folder.resolve("small.pt");
    TorchWriter.write(file, small());
    byte[] bytes = Files.readAllBytes(file);
    int entries = 0;
    for (int at = 0; at < bytes.length - 30; at++) {
      if (bytes[at] == 'P' && bytes[at + 1] == 'K' && bytes[at + 2] == 3 && bytes[at + 3] == 4) {
        int name = bytes[at + 26] & 0xff | (bytes[at + 27] & 0xff) << 8;
        int extra = bytes[at + 28] & 0xff | (bytes[at + 29] & 0xff) << 8;
        assertThat((at + 30 + name + extra) % 64).isZero();
        entries++;
      }
    }
    assertThat(entries).isEqualTo(3 + small().size());
  }

  @Test
  void aFolderThatIsNotThereIsSaidAndLeavesNothing() {
    Path file = folder.resolve("missing/model.pt");
    assertThatThrownBy(() -> TorchWriter.write(file, small()))
        .isInstanceOfSatisfying(
            MicrometException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE))
        .hasMessageContaining("its folder does not exist");
    assertThat(folder).isEmptyDirectory();
  }
}
