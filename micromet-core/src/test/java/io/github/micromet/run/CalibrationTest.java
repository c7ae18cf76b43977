// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {
  private static final String HASH = "ab".repeat(32);

  @TempDir private Path folder;

  private static Calibration calibration(double temperature) {
    return new Calibration(
        Calibration.FORMAT,
        Calibration.FORMAT_VERSION,
        "model.pt",
        HASH,
        temperature,
        100,
        40,
        0.12,
        0.03,
        0.5,
        0.4,
        "patches.csv",
        "2026-11-25T02:00:00Z",
        "0.1");
  }

  @Test
  void itStandsBesideItsModelAndReadsBack() {
    Path model = folder.resolve("my.model.pt");
    assertThat(Calibration.beside(model)).isEqualTo(folder.resolve("my.model.pt.calibration.json"));

    calibration(1.75).write(Calibration.beside(model));

    assertThat(Calibration.of(model, HASH)).isEqualTo(calibration(1.75));
  }

  @Test
  void withoutOneTheRemedyIsTheCommand() {
    assertThatThrownBy(() -> Calibration.of(folder.resolve("model.pt"), HASH))
        .isInstanceOfSatisfying(
            MicrometException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
              assertThat(e.remedy()).contains("micromet calibrate --model");
            });
  }

  @Test
  void anotherModelsIsRefused() {
    Path model = folder.resolve("model.pt");
    calibration(1.75).write(Calibration.beside(model));

    assertThatThrownBy(() -> Calibration.of(model, "cd".repeat(32)))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("abababababab...")
        .hasMessageContaining("cdcdcdcdcdcd...");
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws IOException {
    Path model = folder.resolve("model.pt");
    Files.writeString(Calibration.beside(model), "{\"format\": \"else\"}");

    assertThatThrownBy(() -> Calibration.of(model, HASH))
        .hasMessageContaining("is not a micromet-calibration file");
  }
}
