// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {
  @TempDir Path folder;

  @Test
  void theSameDemoGoesOnInItsFolder() {
    Path out = folder.resolve("out");
    assertThat(DemoFolder.open(out, DemoPlan.QUICK, 7).path()).isEqualTo(out);
    assertThat(DemoFolder.open(out, DemoPlan.QUICK, 7).path()).isEqualTo(out);
  }

  @Test
  void anotherSeedOrPlanIsRefusedAndSaysWhatIsThere() {
    DemoFolder.open(folder, DemoPlan.QUICK, 7);
    assertThatThrownBy(() -> DemoFolder.open(folder, DemoPlan.QUICK, 8))
        .isInstanceOfSatisfying(
            MicrometException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USAGE))
        .hasMessageContaining("quick, seed 7");
    assertThatThrownBy(() -> DemoFolder.open(folder, DemoPlan.FULL, 7))
        .isInstanceOf(MicrometException.class);
  }

  @Test
  void aFolderWithOtherFilesIsLeftAlone() throws IOException {
    Path mine = Files.writeString(folder.resolve("mine.txt"), "keep");
    assertThatThrownBy(() -> DemoFolder.open(folder, DemoPlan.DEFAULT, 1))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("holds files");
    assertThat(mine).hasContent("keep");
    assertThat(folder).isDirectoryNotContaining(file -> !file.equals(mine));
  }
}
