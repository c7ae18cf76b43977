// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.micromet.Golden;
import io.github.micromet.PictureSlide;
import io.github.micromet.TestData;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.codec.PictureFile;
import io.github.micromet.train.augment.Augmentation;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.LabelledRegion.PatchImage;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchPictureTest {
  @TempDir Path folder;

  private static SampleOptions options(int window) {
    return new SampleOptions(window, 768, 3, 0.243, 2, 1, 15, 0);
  }

  private Path write(RgbImage picture, String name) throws Exception {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        image.setRGB(x, y, picture.at(x, y));
      }
    }
    Path file = folder.resolve(name);
    String format = name.substring(name.lastIndexOf('.') + 1);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  /** Cubic where it grows, the area's mean where it shrinks. */
  @ParameterizedTest
  @ValueSource(strings = {"96x120", "31x37", "8x10"})
  void resamplingIsTorchsToHalfAGreyLevel(String size) {
    Path golden = Golden.file("samples/picture-" + size + ".npy");
    int height = Golden.shape(golden)[0];
    int width = Golden.shape(golden)[1];
    byte[] picture = Golden.bytes(Golden.file("samples/picture.npy"));
    RgbImage from = RgbImage.view(java.nio.ByteBuffer.wrap(picture), 30, 24);
    RgbImage found = Resampling.to(from, width, height);

    byte[] expected = Golden.bytes(golden);
    int different = 0;
    for (int i = 0; i < expected.length; i++) {
      int a = found.rgb().get(i) & 0xff;
      int b = expected[i] & 0xff;
      assertThat(a).as("value %d", i).isCloseTo(b, within(1));
      different += a == b ? 0 : 1;
    }
    // Float sums where torch had double: only what lies between two levels may fall either way.
    assertThat(different).isLessThan(expected.length / 500 + 1);
  }

  @Test
  void shrinkingByNoWholeFactorKeepsTheMean() {
    RgbImage from = PictureSlide.picture(35, 21, (x, y) -> (x * 7 + y * 3) << 16 | x + y);
    RgbImage half = Resampling.to(from, 10, 6);
    assertThat(mean(half, 16)).isCloseTo(mean(from, 16), within(0.5));
    assertThat(mean(half, 0)).isCloseTo(mean(from, 0), within(0.5));
  }

  private static double mean(RgbImage picture, int shift) {
    double sum = 0;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        sum += picture.at(x, y) >> shift & 0xff;
      }
    }
    return sum / picture.width() / picture.height();
  }

  @Test
  void aSmallTileOfKaggleBecomesTheMiddleOfItsFourfoldPicture() {
    Path tile = TestData.file("patches/train/kaggle_f38a6374c348f90b587e046aac6079959adf3835.tif");
    RgbImage patch = PatchPicture.read(new PatchImage(tile, 0.972), options(224));
    RgbImage whole = Resampling.to(PictureFile.read(tile), 384, 384);
    assertThat(patch.at(0, 0)).isEqualTo(whole.at(80, 80));
    assertThat(patch.at(223, 17)).isEqualTo(whole.at(303, 97));
  }

  @Test
  void anImageOfTheModelsSpacingAndSizeIsNotTouched() throws Exception {
    RgbImage picture = PictureSlide.picture(24, 24, (x, y) -> x << 16 | y << 8 | (x ^ y));
    Path file = write(picture, "a.png");
    for (double mpp : new double[] {0.243, Double.NaN}) {
      RgbImage patch = PatchPicture.read(new PatchImage(file, mpp), options(24));
      assertThat(patch.rgb()).isEqualTo(picture.rgb());
    }
  }

  @Test
  void aSmallImageIsContinuedByItsMirrorImageAndALargeOneCut() throws Exception {
    RgbImage picture = PictureSlide.picture(5, 3, (x, y) -> 10 * x + y);
    Path file = write(picture, "a.png");
    RgbImage patch = PatchPicture.read(new PatchImage(file, Double.NaN), options(9));
    // Columns 2 1 | 0 1 2 3 4 | 3 2; rows 1 2 1 | 0 1 2 | 1 0 1: one row is reflected twice.
    int[] columns = {2, 1, 0, 1, 2, 3, 4, 3, 2};
    int[] rows = {1, 2, 1, 0, 1, 2, 1, 0, 1};
    for (int y = 0; y < 9; y++) {
      for (int x = 0; x < 9; x++) {
        assertThat(patch.at(x, y)).as("%d,%d", x, y).isEqualTo(10 * columns[x] + rows[y]);
      }
    }
    RgbImage cut = PatchPicture.read(new PatchImage(file, Double.NaN), options(3));
    assertThat(cut.at(0, 0)).isEqualTo(10);
    assertThat(cut.at(2, 2)).isEqualTo(32);
  }

  @Test
  void imagesAndRegionsStandInOneBatchEachWithItsLabels() throws Exception {
    RgbImage picture = PictureSlide.picture(32, 32, (x, y) -> x << 16 | y);
    Path file = write(picture, "a.png");
    Path slide = Golden.root().resolve("conformance/slides/blobs-jpeg.tif");
    List<LabelledRegion> regions =
        List.of(
            new LabelledRegion(new PatchImage(file, Double.NaN), List.of(1)),
            new LabelledRegion(
                new LabelledRegion.OnSlide(slide, 900, 700), List.of(0, 1, 0, 0, 0, 0, 0, 0, 1)),
            new LabelledRegion(new LabelledRegion.OnSlide(slide, 900, 700), List.of(0)));
    SampleOptions options = new SampleOptions(32, 100, 3, 0.243, 8, 2, 15, 1 << 20);
    try (SampleReader reader =
            new SampleReader(regions, new int[] {0, 1, 2}, options, Augmentation.NONE, 1, 0);
        TrainingBatch batch = reader.next().orElseThrow()) {
      assertThat(batch.labels()).containsExactly(1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0);
      assertThat(batch.pixels().rgb().get(3 * 31)).isEqualTo(31f);
      // The middle patch of a region begins 34 pixels in it: its centre is the region's.
      int floats = 32 * 32 * 3;
      for (int i = 0; i < floats; i++) {
        assertThat(batch.pixels().rgb().get(10 * floats + i))
            .isEqualTo(batch.pixels().rgb().get(5 * floats + i));
      }
    }
  }
}
