// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeAFile() throws IOException {
    file = Files.write(folder.resolve("a.bin"), new byte[] {0, 1, 2, 3, 4, 5});
  }

  @Test
  void bytesAreReadFromTheirPosition() throws IOException {
    try (ByteSource source = ByteSource.of(file)) {
      ByteBuffer into = ByteBuffer.allocate(3);
      source.read(2, into);

      assertThat(into.array()).containsExactly(2, 3, 4);
      assertThat(source.size()).isEqualTo(6);
      assertThat(source.name()).isEqualTo("a.bin");
      assertThat(source.file()).contains(file);
    }
  }

  @Test
  void readingBeyondTheEndSaysWhere() throws IOException {
    try (ByteSource source = ByteSource.of(file)) {
      assertThatThrownBy(() -> source.read(4, ByteBuffer.allocate(3)))
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("a.bin ends at byte 6");
    }
  }

  @Test
  void aReaderThatIsInterruptedDoesNotCloseTheFileForTheOthers() throws IOException {
    try (ByteSource source = ByteSource.of(file)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> source.read(0, ByteBuffer.allocate(1)))
          .isInstanceOf(ClosedByInterruptException.class);
      assertThat(Thread.interrupted()).isTrue();

      ByteBuffer into = ByteBuffer.allocate(1);
      source.read(5, into);
      assertThat(into.get(0)).isEqualTo((byte) 5);
    }
  }

  @Test
  void aClosedSourceStaysClosed() throws IOException {
    ByteSource source = ByteSource.of(file);
    source.close();

    assertThatThrownBy(() -> source.read(0, ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void siblingsLieInTheSameFolder() throws IOException {
    Files.write(folder.resolve("b.bin"), new byte[] {9});
    try (ByteSource source = ByteSource.of(file);
        ByteSource other = source.sibling("b.bin").orElseThrow()) {
      assertThat(other.size()).isEqualTo(1);
      assertThat(source.sibling("c.bin")).isEmpty();
    }
  }
}
