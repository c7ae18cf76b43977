// SPDX-License-Identifier: Apache-2.0
package io.github.micromet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {
  @TempDir Path folder;

  @Test
  void aNumpyArrayIsReadWithItsShapeAndType() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 6; i++) {
      data.putDouble(i / 4.0);
    }
    Path file = npy("'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), ", data.array());

    assertThat(Golden.shape(file)).containsExactly(2, 3);
    assertThat(Golden.doubles(file)).containsExactly(0, 0.25, 0.5, 0.75, 1, 1.25);
    assertThatThrownBy(() -> Golden.longs(file)).hasMessageContaining("<f8");
  }

  @Test
  void bytesAreReadAsUnsigned() throws IOException {
    Path file = npy("'descr': '|u1', 'fortran_order': False, 'shape': (2,), ", new byte[] {1, -1});

    assertThat(Golden.shape(file)).containsExactly(2);
    assertThat(Golden.longs(file)).containsExactly(1, 255);
    assertThat(Golden.bytes(file)).containsExactly(1, -1);
  }

  @Test
  void fortranOrderIsRefusedRatherThanTransposed() throws IOException {
    Path file = npy("'descr': '|u1', 'fortran_order': True, 'shape': (2,), ", new byte[2]);

    assertThatThrownBy(() -> Golden.bytes(file)).hasMessageContaining("Fortran");
  }

  @Test
  void theRootHoldsTheMapOfRooms() {
    assertThat(Golden.root().resolve("rooms.txt")).exists();
  }

  private Path npy(String header, byte[] data) throws IOException {
    byte[] words = ("{" + header + "}\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file =
        ByteBuffer.allocate(10 + words.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    file.putShort((short) words.length).put(words).put(data);
    return Files.write(folder.resolve("a.npy"), file.array());
  }
}
