// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardLogTest {
  @TempDir Path temporary;

  @Test
  void trainingAndValidationHaveAFileEachWithTheReferencesTags() throws IOException {
    Path folder = temporary.resolve("run/log");
    try (TensorBoardLog log = new TensorBoardLog(folder, 0, Clock.systemUTC())) {
      log.step(1, 0.75);
      log.step(2, 0.5);
      log.epoch(1, 0.625, 0.875, 0.25);
      log.step(3, 0.125);
      log.epoch(2, 1, Double.NaN, 0.0625);
    }
    List<Path> files = files(folder);
    assertThat(EventFileReader.events(files.get(0)))
        .containsExactly(
            "0 brain.Event:2",
            "1 train_loss=0.75",
            "2 train_loss=0.5",
            "1 train_acc=0.625",
            "1 learning_rate=0.25",
            "3 train_loss=0.125",
            "2 train_acc=1.0",
            "2 learning_rate=0.0625");
    assertThat(EventFileReader.events(files.get(1)))
        .containsExactly("0 brain.Event:2", "1 valid_acc=0.875");
    assertThat(files).hasSize(2);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void whatWasToldIsInTheFilesAtOnceAndAResumeAddsNewOnes() throws IOException {
    try (TensorBoardLog log = new TensorBoardLog(temporary, 0, Clock.systemUTC())) {
      log.step(1, 0.5);
      assertThat(EventFileReader.events(files(temporary).get(0))).hasSize(2);
    }
    try (TensorBoardLog log = new TensorBoardLog(temporary, 1, Clock.systemUTC())) {
      log.step(2, 0.25);
    }
    List<Path> files = files(temporary);
    assertThat(files).hasSize(4);
    assertThat(EventFileReader.events(files.get(2)))
        .containsExactly("0 brain.Event:2", "2 start", "2 train_loss=0.25");
    // A second start would make readers forget the first file's steps from there on.
    assertThat(EventFileReader.events(files.get(3))).containsExactly("0 brain.Event:2");
  }

  @Test
  void samplesAreThePatchesInColour() throws IOException {
    float[] patch = {255, 0.4f, 0, /**/ 9.6f, 300, -4, /**/ 1, 2, 3, /**/ 100, 150, 200};
    try (TensorBoardLog log = new TensorBoardLog(temporary, 0, Clock.systemUTC())) {
      log.sample(3, 1, patch, 2);
      log.sample(4, 0, patch, 2);
    }
    Path file = files(temporary).get(0);
    assertThat(EventFileReader.events(file))
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("0 brain.Event:2"),
            tumour -> assertThat(tumour).startsWith("0 samples/03 tumour=2x2 "),
            normal -> assertThat(normal).startsWith("0 samples/04 normal=2x2 "));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(EventFileReader.firstImage(file)));
    assertThat(image.getRGB(0, 0)).isEqualTo(0xffff0000);
    assertThat(image.getRGB(1, 0)).isEqualTo(0xff0aff00);
    assertThat(image.getRGB(0, 1)).isEqualTo(0xff010203);
    assertThat(image.getRGB(1, 1)).isEqualTo(0xff6496c8);
  }
}
