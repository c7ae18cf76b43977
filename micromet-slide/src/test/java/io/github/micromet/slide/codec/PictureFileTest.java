// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.RgbImage;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFileTest {
  @TempDir Path folder;

  private Path write(String format, int type) throws Exception {
    BufferedImage image = new BufferedImage(37, 21, type);
    for (int y = 0; y < 21; y++) {
      for (int x = 0; x < 37; x++) {
        image.setRGB(x, y, 0xff << 24 | x * 6 << 16 | y * 11 << 8 | (x ^ y));
      }
    }
    Path file = folder.resolve("picture." + format);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void losslessPicturesKeepEveryPixelRedFirst(String format) throws Exception {
    RgbImage read = PictureFile.read(write(format, BufferedImage.TYPE_INT_RGB));
    assertThat(read.width()).isEqualTo(37);
    assertThat(read.height()).isEqualTo(21);
    assertThat(read.at(30, 7)).isEqualTo(30 * 6 << 16 | 7 * 11 << 8 | (30 ^ 7));
    assertThat(read.at(36, 20)).isEqualTo(36 * 6 << 16 | 20 * 11 << 8 | (36 ^ 20));
  }

  @Test
  void aJpegIsReadInItsColours() throws Exception {
    RgbImage read = PictureFile.read(write("jpg", BufferedImage.TYPE_INT_RGB));
    assertThat(read.at(36, 1) >> 16 & 0xff).isGreaterThan(150);
    assertThat(read.at(1, 20) >> 16 & 0xff).isLessThan(80);
  }

  @Test
  void alphaIsDroppedAndGreyHasThreeEqualChannels() throws Exception {
    RgbImage alpha = PictureFile.read(write("png", BufferedImage.TYPE_INT_ARGB));
    assertThat(alpha.at(30, 7)).isEqualTo(30 * 6 << 16 | 7 * 11 << 8 | (30 ^ 7));
    Path grey = write("png", BufferedImage.TYPE_BYTE_GRAY);
    int sample = ImageIO.read(grey.toFile()).getRaster().getSample(30, 7, 0);
    assertThat(PictureFile.read(grey).at(30, 7)).isEqualTo(sample * 0x010101);
  }

  @Test
  void whatIsNoPictureIsRefusedByItsName() throws Exception {
    byte[] whole = Files.readAllBytes(write("png", BufferedImage.TYPE_INT_RGB));
    Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, 60));
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    Path empty = Files.createFile(folder.resolve("empty.png"));
    Path none = folder.resolve("none.png");
    for (Path file : new Path[] {cut, text, empty, none}) {
      assertThatThrownBy(() -> PictureFile.read(file))
          .isInstanceOfSatisfying(
              MicrometException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INPUT))
          .hasMessageStartingWith(file.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff", "jpg"})
  void aPictureCutInTheMiddleOfItsPixelsIsRefused(String format) throws Exception {
    Path file = write(format, BufferedImage.TYPE_INT_RGB);
    byte[] whole = Files.readAllBytes(file);
    int to = format.equals("jpg") ? whole.length * 9 / 10 : whole.length / 2;
    Files.write(file, Arrays.copyOf(whole, to));
    assertThatThrownBy(() -> PictureFile.read(file)).isInstanceOf(MicrometException.class);
  }
}
