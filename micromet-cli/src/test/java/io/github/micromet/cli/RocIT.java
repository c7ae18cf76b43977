// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code micromet roc} of the packaged program. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "micromet.cmd is not run yet")
class RocIT {
  @TempDir private Path folder;

  @BeforeEach
  void detectionsOfFiveSlides() throws IOException {
    detections("one", 0.9, 0.7, 0.6, 0.3, 0.8);
    detections("two", 0.9, 0.2, 0.6, 0.3, 0.8);
    Files.writeString(folder.resolve("labels.csv"), "slide,label\ns0,1\ns1,1\ns2,0\ns3,0\ns4,0\n");
  }

  private void detections(String name, double... highest) throws IOException {
    Path found = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < highest.length; i++) {
      Files.writeString(found.resolve("s" + i + ".csv"), highest[i] + ",100,100\n0.1,5,5\n");
    }
  }

  @Test
  void slidesAreMeasuredComparedAndWritten() {
    Program.Ended roc =
        new Program(folder)
            .run("roc", "one", "--labels", "labels.csv", "--against", "two", "--out", "out");

    assertThat(roc.code()).as(roc.err()).isZero();
    assertThat(roc.out())
        .contains("2 with tumour, 3 without", "AUC        0.8333, 95 % interval")
        .contains("AUC 0.5000 of two", "difference +0.3333");
    assertThat(folder.resolve("out/roc.json")).content().contains("\"auc\" : 0.83333333");
    assertThat(folder.resolve("out/roc.csv")).isNotEmptyFile();
    assertThat(folder.resolve("out/roc.png")).isNotEmptyFile();
  }

  @Test
  void withoutTruthThereIsOneLineAndCode2() {
    Program.Ended roc = new Program(folder).run("roc", "one");

    assertThat(roc.code()).isEqualTo(2);
    assertThat(roc.err()).startsWith("micromet: --truth and --labels");
    assertThat(new Program(folder).run("roc", "--patches", "x", "--mpp", "0").err())
        .startsWith("micromet: --mpp 0");
  }
}
