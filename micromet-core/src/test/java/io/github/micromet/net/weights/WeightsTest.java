// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.weights.Checkpoint.Format;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On files that PyTorch and safetensors wrote; make_small.py beside them says how. */
class WeightsTest {
  private static final float[] RAMP_6 = {-1, -0.75f, -0.5f, -0.25f, 0, 0.25f};
  private static final float[] RAMP_8 = {-1, -0.75f, -0.5f, -0.25f, 0, 0.25f, 0.5f, 0.75f};

  private static Checkpoint load(String name) {
    return Weights.load(file(name));
  }

  private static Path file(String name) {
    try {
      return Path.of(WeightsTest.class.getResource("/weights/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.pt", "nested.pt", "protocol4.pt"})
  void aStateDictKeepsItsOrderAloneOrUnderModel(String name) {
    Checkpoint checkpoint = load(name);

    assertThat(checkpoint.format()).isEqualTo(Format.PYTORCH);
    assertThat(checkpoint.state().names()).containsExactly("z.weight", "a.bias", "m.steps");
    WeightTensor weight = checkpoint.state().get("z.weight").orElseThrow();
    assertThat(weight.shape()).containsExactly(2, 3);
    assertThat(weight.floatArray()).containsExactly(RAMP_6);
    WeightTensor steps = checkpoint.state().get("m.steps").orElseThrow();
    assertThat(steps.shape()).isEmpty();
    assertThat(steps.longs().get(0)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"half", "bfloat16", "double"})
  void otherRealTypesBecomeFloat32(String name) {
    assertThat(load("types.pt").state().get(name).orElseThrow().floatArray())
        .containsExactly(RAMP_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"int32", "int16", "int8"})
  void narrowIntegersBecomeInt64(String name) {
    long[] values = new long[8];
    load("types.pt").state().get(name).orElseThrow().longs().get(values);
    assertThat(values).containsExactly(-4, -3, -2, -1, 0, 1, 2, 3);
  }

  @Test
  void bytesAreUnsignedAndBooleansOneOrZero() {
    StateDict state = load("types.pt").state();
    assertThat(state.get("uint8").orElseThrow().longs().get(2)).isEqualTo(255);
    assertThat(state.get("bool").orElseThrow().longs().get(0)).isEqualTo(1);
    assertThat(state.get("bool").orElseThrow().longs().get(1)).isZero();
  }

  @Test
  void halfPrecisionKeepsItsExtremes() {
    // As torch prints them: the smallest subnormal, another one, the largest number.
    assertThat(load("types.pt").state().get("extremes").orElseThrow().floatArray())
        .containsExactly(
            0f,
            -0f,
            65504f,
            5.960464477539063e-08f,
            -6.097555160522461e-05f,
            Float.POSITIVE_INFINITY,
            Float.NaN);
  }

  @Test
  void stridesOffsetsAndSharedStoragesAreFollowed() {
    StateDict state = load("types.pt").state();
    assertThat(state.get("transposed").orElseThrow().shape()).containsExactly(3, 2);
    assertThat(state.get("transposed").orElseThrow().floatArray())
        .containsExactly(-1f, -0.25f, -0.75f, 0f, -0.5f, 0.25f);
    assertThat(state.get("tail").orElseThrow().floatArray())
        .containsExactly(0f, 0.25f, 0.5f, 0.75f, 1f, 1.25f, 1.5f, 1.75f);
    assertThat(state.get("every_third").orElseThrow().floatArray())
        .containsExactly(-0.75f, 0f, 0.75f, 1.5f);
    assertThat(state.get("parameter").orElseThrow().floatArray()).containsExactly(-1f, -0.75f);
    assertThat(state.get("empty").orElseThrow().count()).isZero();
  }

  @Test
  void theTensorsOfATorchScriptArchiveHaveDottedNames() {
    Checkpoint checkpoint = load("script.pt");

    assertThat(checkpoint.format()).isEqualTo(Format.TORCHSCRIPT);
    assertThat(checkpoint.state().names())
        .containsExactlyInAnyOrder("first.weight", "first.steps", "rest.0.weight", "rest.0.steps");
    assertThat(checkpoint.state().get("rest.0.weight").orElseThrow().floatArray())
        .containsExactly(RAMP_6);
    assertThat(checkpoint.state().get("first.steps").orElseThrow().longs().get(0)).isEqualTo(7);
  }

  @Test
  void safetensorsGiveTensorsAndMetadata() {
    Checkpoint checkpoint = load("small.safetensors");

    assertThat(checkpoint.format()).isEqualTo(Format.SAFETENSORS);
    assertThat(checkpoint.metadata()).isEqualTo(Map.of("micromet.note", "three tensors"));
    assertThat(checkpoint.state().names()).containsExactlyInAnyOrder("a", "b", "n");
    assertThat(checkpoint.state().get("a").orElseThrow().floatArray()).containsExactly(RAMP_8);
    assertThat(checkpoint.state().get("b").orElseThrow().floatArray()).containsExactly(RAMP_6);
    assertThat(checkpoint.state().get("n").orElseThrow().longs().get(0)).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "command.pt, holds posix.system",
    "module.pt, holds torch.nn.modules.linear.Linear",
    "mixed.pt, has an entry 'epoch' that is no tensor",
    "frozen.pt, holds no named tensors (a frozen TorchScript archive?)",
    "legacy.pt, 'is a checkpoint of PyTorch before 1.6, not the zip archive'",
    "make_small.py, is no checkpoint",
    "absent.pt, there is no such file",
  })
  void whatIsNotLoadedIsNamed(String name, String problem) {
    Path file = name.startsWith("absent") ? file("plain.pt").resolveSibling(name) : file(name);
    assertThatThrownBy(() -> Weights.load(file))
        .isInstanceOfSatisfying(
            MicrometException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.INPUT);
              assertThat(e.subject()).isEqualTo(file.toString());
              assertThat(e.problem()).startsWith(problem);
              assertThat(e.remedy()).isNotEmpty();
            });
  }

  @Test
  void theHashIsThatOfTheFile() throws IOException {
    byte[] bytes = java.nio.file.Files.readAllBytes(file("plain.pt"));
    assertThat(load("plain.pt").sha256()).isEqualTo(sha256(bytes));
  }

  private static String sha256(byte[] bytes) {
    try {
      return java.util.HexFormat.of()
          .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
