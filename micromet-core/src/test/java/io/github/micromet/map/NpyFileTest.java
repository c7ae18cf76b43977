// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.Golden;
import io.github.micromet.error.MicrometException;
import io.github.micromet.grid.Grid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"nms/uniform.npy", "nms/border.npy", "nms/empty.npy"})
  void whatNumpySavedIsReadAndWrittenAgainByteForByte(String name) throws IOException {
    Path golden = Golden.file(name);

    NpyFile.Content content = NpyFile.read(golden);
    Path copy = folder.resolve("copy.npy");
    NpyFile.write(content.on(new Grid(content.rows(), content.columns(), 64)), copy);

    assertThat(Golden.shape(golden)).containsExactly(content.rows(), content.columns());
    assertThat(content.values()).isEqualTo(Golden.doubles(golden));
    assertThat(Files.readAllBytes(copy)).isEqualTo(Files.readAllBytes(golden));
  }

  @Test
  void theHeaderIsNumpysForSmallAndLargeShapes() throws IOException {
    Path file = folder.resolve("a.npy");
    NpyFile.write(new ProbabilityMap(new Grid(3, 123_456, 64)), file);

    byte[] bytes = Files.readAllBytes(file);
    // numpy 2.2: numpy.save of zeros((3, 123456)).
    String words = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 123456), }";
    String expected = words + " ".repeat(117 - words.length()) + "\n";
    assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII)).isEqualTo(expected);
    assertThat(bytes).hasSize(128 + 3 * 123_456 * 8);
    assertThat(Arrays.copyOf(bytes, 10))
        .containsExactly((byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0);
  }

  @Test
  void rowsComeFirst() throws IOException {
    ProbabilityMap map = new ProbabilityMap(new Grid(6, 8, 8));
    map.set(1, 5, 0.25);
    Path file = folder.resolve("a.npy");
    NpyFile.write(map, file);

    assertThat(Golden.shape(file)).containsExactly(6, 8);
    assertThat(Golden.doubles(file)[8 + 5]).isEqualTo(0.25);
    assertThat(NpyFile.read(file).on(map.grid()).at(1, 5)).isEqualTo(0.25);
    assertThatThrownBy(() -> NpyFile.read(file).on(new Grid(8, 6, 8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTruncatedFileIsRefusedWithItsNumbers() throws IOException {
    Path file = folder.resolve("a.npy");
    NpyFile.write(new ProbabilityMap(new Grid(6, 8, 8)), file);
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, 5, 9, 60, 128, 500}) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> NpyFile.read(file))
          .as("%d bytes", length)
          .isInstanceOf(MicrometException.class)
          .hasMessageContaining("a.npy");
    }
    assertThatThrownBy(() -> NpyFile.read(file))
        .hasMessageContaining("holds 372 bytes of values, but 6 x 8 need 384 (file truncated?)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }",
        "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 2), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (4,), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 2), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999, 99999999), }",
      })
  void otherArraysAreRefused(String header) throws IOException {
    byte[] words = (header + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = new byte[10 + words.length + 32];
    System.arraycopy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, 0, bytes, 0, 8);
    bytes[8] = (byte) words.length;
    System.arraycopy(words, 0, bytes, 10, words.length);
    Path file = Files.write(folder.resolve("a.npy"), bytes);

    assertThatThrownBy(() -> NpyFile.read(file)).isInstanceOf(MicrometException.class);
  }
}
