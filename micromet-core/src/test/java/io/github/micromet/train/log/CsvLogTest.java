// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLogTest {
  private static final String TWO_EPOCHS =
      """
      step,epoch,train_loss,train_acc,valid_acc,learning_rate
      1,,0.75,,,
      2,,0.5,,,
      2,1,,0.625,0.875,0.001
      3,,0.25,,,
      4,,NaN,,,
      4,2,,1.0,,5.0E-4
      """;

  @TempDir Path folder;
  private Path csv;

  @BeforeEach
  void twoEpochs() throws IOException {
    csv = folder.resolve("train.csv");
    try (CsvLog log = new CsvLog(csv, 0)) {
      log.step(1, 0.75);
      log.step(2, 0.5);
      log.epoch(1, 0.625, 0.875, 0.001);
      log.step(3, 0.25);
      log.step(4, Double.NaN);
      assertThat(csv).content().endsWith("\n4,,NaN,,,\n");
      log.epoch(2, 1, Double.NaN, 0.0005);
    }
  }

  @Test
  void stepsAndEpochsAreLinesInTheOrderTheyEnded() {
    assertThat(csv).hasContent(TWO_EPOCHS);
  }

  @Test
  void aResumeTakesOutLaterStepsAndTheSameStepsGiveTheSameFile() {
    for (int after = 1; after <= 4; after++) {
      try (CsvLog log = new CsvLog(csv, after)) {
        if (after < 2) {
          log.step(2, 0.5);
        }
        log.epoch(1, 0.625, 0.875, 0.001);
        if (after < 3) {
          log.step(3, 0.25);
        }
        if (after < 4) {
          log.step(4, Double.NaN);
        }
        log.epoch(2, 1, Double.NaN, 0.0005);
      }
      assertThat(csv).as("after %d", after).hasContent(TWO_EPOCHS);
    }
  }

  @Test
  void aNewTrainingBeginsAnew() {
    new CsvLog(csv, 0).close();
    assertThat(csv).hasContent("step,epoch,train_loss,train_acc,valid_acc,learning_rate\n");
  }

  @Test
  void halfALineAtTheEndIsTakenOut() throws IOException {
    Files.writeString(csv, "5,,0.1", StandardOpenOption.APPEND);
    new CsvLog(csv, 9).close();
    assertThat(csv).hasContent(TWO_EPOCHS);
  }

  @Test
  void aLineThatIsNotOursIsNamed() throws IOException {
    Files.writeString(csv, TWO_EPOCHS.replace("2,,0.5,,,", "2,,half,,,"));
    assertThatThrownBy(() -> new CsvLog(csv, 9))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("train.csv:3: is not a line of a training's log: '2,,half,,,'");
    assertThat(csv).content().contains("half");

    Files.writeString(csv, "a,b\n");
    assertThatThrownBy(() -> new CsvLog(csv, 9)).hasMessageContaining("train.csv:1");
  }
}
