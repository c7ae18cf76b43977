// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.TestData;
import io.github.micromet.report.Fonts;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainPictureTest {
  @TempDir Path folder;
  private Path png;
  private Path csv;

  @BeforeEach
  void paths() {
    png = folder.resolve("train.png");
    csv = folder.resolve("train.csv");
    Fonts.missing().ifPresent(why -> TestData.absent("no font on this machine: " + why));
  }

  private static void tell(TrainingLog log, long from, long to, long stepsPerEpoch) {
    for (long step = from; step <= to; step++) {
      log.step(step, 0.7 * Math.exp(-step / 400.0) + 0.05 * (1 + Math.sin(step * 12.9898)));
      if (step % stepsPerEpoch == 0) {
        int epoch = (int) (step / stepsPerEpoch);
        log.epoch(epoch, 1 - 0.4 / epoch, 1 - 0.5 / epoch, 0.001 / epoch);
      }
    }
  }

  @Test
  void aTrainingIsDrawnWithAllItsCurves() throws IOException {
    try (TrainPicture picture = new TrainPicture(png, csv, 0)) {
      tell(picture, 1, 5000, 500);
    }
    BufferedImage image = ImageIO.read(png.toFile());
    assertThat(image.getWidth()).isEqualTo(1000);
    assertThat(colours(image)).contains(0x1F4E8C, 0xD06A10, 0x2E7D32, 0xB8C7DC);
  }

  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y) & 0xffffff);
      }
    }
    return colours;
  }

  @Test
  void aResumedTrainingIsDrawnAsIfItHadNeverStopped() throws IOException {
    try (TrainingLog log = new TrainPicture(png, csv, 0)) {
      tell(log, 1, 90, 20);
    }
    byte[] whole = Files.readAllBytes(png);
    try (TrainingLog log = new CsvLog(csv, 0)) {
      tell(log, 1, 67, 20);
    }
    Files.delete(png);
    try (TrainingLog log = new TrainPicture(png, csv, 50)) {
      tell(log, 51, 90, 20);
    }
    assertThat(Files.readAllBytes(png)).isEqualTo(whole);
  }

  @Test
  void nothingAndASingleStepAndALossThatIsNoNumberCanBeDrawn() {
    TrainPicture picture = new TrainPicture(png, csv, 0);
    picture.flush();
    assertThat(png).doesNotExist();
    picture.step(1, Double.NaN);
    picture.flush();
    assertThat(png).isNotEmptyFile();
    picture.step(2, 0.5);
    picture.step(3, Double.POSITIVE_INFINITY);
    picture.epoch(1, 0.5, Double.NaN, 0);
    picture.close();
    assertThat(png).isNotEmptyFile();
  }
}
