// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to hurt end in one error, in little memory. */
class HostileWeightsTest {
  @TempDir Path folder;

  private void refuses(byte[] pickle, String problem) throws IOException {
    refuses(PickleBytes.archive(folder.resolve("x.pt"), pickle), problem);
  }

  private static void refuses(Path file, String problem) {
    assertThatThrownBy(() -> Weights.load(file))
        .isInstanceOfSatisfying(
            MicrometException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.INPUT);
              assertThat(e.problem()).contains(problem);
            });
  }

  private static PickleBytes dictWith(String key) {
    return new PickleBytes().raw('}', '(').text(key);
  }

  @Test
  void theArchiveOfTheseTestsIsReadWhenItIsHonest() throws IOException {
    Path file =
        PickleBytes.archive(
            folder.resolve("x.pt"), dictWith("w").tensor("0", 2, 0, 2, 1).raw('u').end());
    assertThat(Weights.load(file).state().get("w").orElseThrow().floatArray())
        .containsExactly(0f, 0f);
  }

  @Test
  void aClassIsRefusedByNameEvenIfNothingCallsIt() throws IOException {
    refuses(new PickleBytes().global("builtins", "eval").end(), "holds builtins.eval");
  }

  @Test
  void aClassNamedOnTheStackIsRefusedToo() throws IOException {
    refuses(new PickleBytes().text("os").text("system").raw(0x93).end(), "holds os.system");
  }

  @Test
  void aTorchScriptClassInAPlainCheckpointIsRefused() throws IOException {
    refuses(new PickleBytes().global("__torch__", "Net").end(), "holds __torch__.Net");
  }

  @ParameterizedTest
  @ValueSource(ints = {'i', 'o', 0x92, 0x8b, 0x8e, 0x8d, 0x96, 'P', '2', '0', 0x8f, 'I', 'S'})
  void anInstructionThatPyTorchDoesNotWriteIsRefused(int opcode) throws IOException {
    refuses(
        new PickleBytes().raw(opcode, 0xff, 0xff, 0xff, 0x7f).end(),
        String.format(java.util.Locale.ROOT, "the pickle instruction 0x%02x", opcode));
  }

  @Test
  void aTextLongerThanThePickleIsNotAllocated() throws IOException {
    refuses(new PickleBytes().raw('X').int32(Integer.MAX_VALUE).end(), "announces 2147483647");
  }

  @Test
  void aContainerAsKeyIsRefused() throws IOException {
    PickleBytes deep = new PickleBytes().raw('}', '(');
    for (int i = 0; i < 100_000; i++) {
      deep.raw(']');
    }
    for (int i = 1; i < 100_000; i++) {
      deep.raw('a');
    }
    refuses(deep.raw('K', 1, 'u').end(), "a dictionary key that is neither text nor number");
  }

  @Test
  void aTensorBeyondItsStorageIsRefused() throws IOException {
    refuses(dictWith("w").tensor("0", 2, 0, 3, 1).raw('u').end(), "w is 3 with strides 1");
    refuses(dictWith("w").tensor("0", 2, 1, 2, 1).raw('u').end(), "from element 1");
    refuses(dictWith("w").tensor("0", 2, 0, 2, -1).raw('u').end(), "strides -1");
    refuses(dictWith("w").tensor("0", 2, 0, -2, 1).raw('u').end(), "w is -2");
    refuses(dictWith("w").tensor("0", 2, 0, 2_000_000_000, 0).raw('u').end(), "strides 0");
  }

  @Test
  void anEmptyTensorTouchesNothingWhereverItClaimsToLie() throws IOException {
    Path file =
        PickleBytes.archive(
            folder.resolve("x.pt"),
            dictWith("w").tensor("0", 2, 2_000_000_000, 0, 1).raw('u').end());
    assertThat(Weights.load(file).state().get("w").orElseThrow().count()).isZero();
  }

  @Test
  void aStorageShorterThanItClaimsIsRefused() throws IOException {
    int absurd = 2_000_000_000;
    refuses(dictWith("w").tensor("0", absurd, 0, absurd, 1).raw('u').end(), "bytes");
    refuses(dictWith("w").tensor("0", 100, 0, 3, 1).raw('u').end(), "its storage has 8 bytes");
    refuses(dictWith("w").tensor("7", 2, 0, 2, 1).raw('u').end(), "has no entry x/data/7");
  }

  @Test
  void manyTensorsOverOneStorageCannotOutgrowTheFile() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    PickleBytes pickle = new PickleBytes().raw('}', '(');
    for (int i = 0; i < 200; i++) {
      pickle.text("w" + i).tensor("0", 1 << 18, 0, 1 << 18, 1);
    }
    entries.put("x/data.pkl", pickle.raw('u').end());
    entries.put("x/data/0", new byte[1 << 20]);
    refuses(PickleBytes.stored(folder.resolve("x.pt"), entries), "more than this file can mean");
  }

  @Test
  void aModuleThatHoldsItselfEnds() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("x/constants.pkl", new PickleBytes().raw(')').end());
    entries.put(
        "x/data.pkl",
        new PickleBytes()
            .global("__torch__", "Net")
            .raw(')', 0x81, 'q', 0, '}', '(')
            .text("self")
            .raw('h', 0, 'u', 'b')
            .end());
    refuses(PickleBytes.stored(folder.resolve("x.pt"), entries), "nested without end");
  }

  @Test
  void aCompressedEntryIsNotUnfolded() throws IOException {
    Path file = folder.resolve("bomb.pt");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("x/data.pkl"));
      zip.write(new byte[50_000_000]);
    }
    refuses(file, "its entry x/data.pkl is compressed");
  }

  @Test
  void everyTruncationIsOneError() throws IOException, URISyntaxException {
    for (String name : new String[] {"plain.pt", "script.pt", "small.safetensors"}) {
      byte[] whole = resource(name);
      for (int length = 0; length < whole.length; length += 7) {
        Path file = folder.resolve("cut");
        Files.write(file, java.util.Arrays.copyOf(whole, length));
        refuses(file, "");
      }
    }
  }

  @Test
  void everyFlippedBitIsALoadOrOneError() throws IOException, URISyntaxException {
    long seed = Long.getLong("micromet.seed", 1);
    SplittableRandom random = new SplittableRandom(seed);
    for (String name : new String[] {"plain.pt", "types.pt", "script.pt", "small.safetensors"}) {
      byte[] whole = resource(name);
      for (int round = 0; round < 300; round++) {
        byte[] bytes = whole.clone();
        int at = random.nextInt(bytes.length);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Path file = folder.resolve("flipped");
        Files.write(file, bytes);
        try {
          assertThat(Weights.load(file).state().size()).isLessThan(100);
        } catch (MicrometException e) {
          assertThat(e.kind())
              .as("seed %d, %s, byte %d", seed, name, at)
              .isEqualTo(ErrorKind.INPUT);
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + seed + ", " + name + ", byte " + at, e);
        }
      }
    }
  }

  @Test
  void safetensorsWithAbsurdHeadersAreRefused() throws IOException {
    refuses(
        safetensors("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,800]}}"), "lies");
    refuses(
        safetensors("{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}"), "w is 3");
    refuses(
        safetensors(
            "{\"w\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,2],\"data_offsets\":[0,8]}}"),
        "4294967296x4294967296x2");
    refuses(
        safetensors("{\"w\":{\"dtype\":\"F8\",\"shape\":[2],\"data_offsets\":[0,8]}}"),
        "type 'F8'");
    refuses(safetensors("{\"w\":1,\"w\":2}"), "its header is no JSON object");
  }

  private Path safetensors(String header) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    Path file = folder.resolve("x.safetensors");
    Files.write(file, bytes.array());
    return file;
  }

  private static byte[] resource(String name) throws IOException, URISyntaxException {
    return Files.readAllBytes(
        Path.of(HostileWeightsTest.class.getResource("/weights/" + name).toURI()));
  }
}
