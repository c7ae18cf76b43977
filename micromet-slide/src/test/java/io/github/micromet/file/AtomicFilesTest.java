// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path folder;

  @Test
  void aFileHoldsExactlyWhatWasWrittenAndNothingIsLeftBesideIt() throws IOException {
    AtomicFiles.write(folder.resolve("map.npy"), out -> out.write(new byte[] {1, 2, 3}));

    assertThat(Files.readAllBytes(folder.resolve("map.npy"))).containsExactly(1, 2, 3);
    assertThat(names()).containsExactly("map.npy");
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingBesideIt() throws IOException {
    Path target = folder.resolve("map.npy");
    AtomicFiles.write(target, "old");

    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    target,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOfSatisfying(
            MicrometException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE);
              assertThat(e.subject()).isEqualTo(target.toString());
              assertThat(e.problem()).contains("No space left on device");
            });
    assertThat(Files.readString(target)).isEqualTo("old");
    assertThat(names()).containsExactly("map.npy");
  }

  @Test
  void aBugInTheContentPassesThroughAndLeavesNothing() throws IOException {
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    folder.resolve("a"),
                    out -> {
                      throw new IllegalStateException("bug");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(names()).isEmpty();
  }

  @Test
  void aFileUnderWayHasAHiddenNameThatIsKnownAsUnfinished() {
    AtomicFiles.write(
        folder.resolve("a.csv"),
        out -> {
          assertThat(names()).singleElement().satisfies(this::isHiddenAndUnfinished);
        });
    assertThat(AtomicFiles.isUnfinished(folder.resolve("a.csv"))).isFalse();
    assertThat(AtomicFiles.isUnfinished(folder.resolve("a.part"))).isFalse();
  }

  private void isHiddenAndUnfinished(String name) {
    assertThat(name).startsWith(".a.csv.");
    assertThat(AtomicFiles.isUnfinished(folder.resolve(name))).isTrue();
  }

  @Test
  void aFolderThatIsNotThereIsNamedInTheMessage() {
    assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("no/a.csv"), "x"))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("its folder does not exist");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
