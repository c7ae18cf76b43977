// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.PictureSlide;
import io.github.micromet.TestData;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.grid.Grid;
import io.github.micromet.slide.Fill;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TissueDetectorTest {
  private static final int WHITE = 0xffffff;
  private static final int TISSUE = 0xbe96b9;

  @TempDir Path folder;

  @Test
  void theCellsAreTheLevelsPixelsAndNothingIsNotedWhereTheReferenceAgrees() {
    PictureSlide slide = PictureSlide.of(tissue(100, 80), tissue(25, 20));

    TissueMask mask = TissueDetector.detect(slide, new TissueRule.Otsu(1, false));

    assertThat(mask.grid()).isEqualTo(new Grid(20, 25, 4));
    assertThat(mask.count()).isEqualTo(100);
    assertThat(mask.notes()).isEmpty();
    TissueMask reference = TissueDetector.detect(slide, new TissueRule.Otsu(1, true));
    for (int at = 0; at < 500; at++) {
      assertThat(mask.at(at / 25, at % 25)).isEqualTo(reference.at(at / 25, at % 25));
    }
  }

  @Test
  void theReferencesRuleRefusesASlideWithoutTheLevel() {
    PictureSlide slide = PictureSlide.of(tissue(100, 80), tissue(25, 20));

    assertThatThrownBy(() -> TissueDetector.detect(slide, new TissueRule.Otsu(6, true)))
        .isInstanceOfSatisfying(
            MicrometException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.INPUT);
              assertThat(e.getMessage())
                  .isEqualTo(
                      "pictures.tif: has 2 levels, so there is no level 6 for the reference's mask");
              assertThat(e.remedy()).contains("--tissue default");
            });
  }

  @Test
  void aMissingLevelIsAveragedFromTheNearestFinerOne() {
    PictureSlide slide = PictureSlide.of(tissue(160, 112), tissue(80, 56));

    TissueMask mask = TissueDetector.detect(slide, new TissueRule.Otsu(4, false));

    assertThat(mask.grid()).isEqualTo(new Grid(7, 10, 16));
    assertThat(mask.notes())
        .containsExactly(
            "Level 4 is missing (the slide has 2 levels), so its cells are 7 x 10 of exactly 16"
                + " pixels.",
            "Tissue was found on level 1, averaged to these cells; the reference refuses such a"
                + " slide.");
    assertThat(mask.at(0, 0)).isFalse();
    assertThat(mask.at(3, 4)).isTrue();
  }

  @Test
  void averagesAreExactMeansOfTheCellsPixels() {
    SplittableRandom random = new SplittableRandom(3);
    RgbImage noise = PictureSlide.picture(70, 45, (x, y) -> random.nextInt(WHITE + 1));
    PictureSlide slide = PictureSlide.of(noise);
    Grid grid = Grid.covering(70, 45, 8);

    RgbImage cells = AveragedCells.of(slide, slide.info().level(0), grid);

    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        assertThat(cells.at(column, row)).isEqualTo(mean(noise, column * 8, row * 8, 8));
      }
    }
  }

  @Test
  void aPixelOnTheBorderOfTwoCellsIsSharedByArea() {
    // Downsample 3 and cells of 4: pixels 0 and 1 give cell 0 three and one parts.
    RgbImage fine = PictureSlide.picture(12, 12, (x, y) -> 0);
    RgbImage coarse = PictureSlide.picture(4, 4, (x, y) -> x * 40 << 16);
    PictureSlide slide = PictureSlide.of(fine, coarse);
    Level level = slide.info().level(1);

    RgbImage cells = AveragedCells.of(slide, level, Grid.covering(12, 12, 4));

    assertThat(cells.at(0, 1) >> 16).isEqualTo(10); // (3 * 0 + 1 * 40) / 4
    assertThat(cells.at(1, 1) >> 16).isEqualTo(60); // (2 * 40 + 2 * 80) / 4
    assertThat(cells.at(2, 1) >> 16).isEqualTo(110); // (1 * 80 + 3 * 120) / 4
  }

  @Test
  void invalidPixelsHaveNoPartInAnAverage() {
    RgbImage image = PictureSlide.picture(16, 8, (x, y) -> TISSUE);
    image.fill(0, 0, 8, 8, Fill.WHITE, false);
    image.fill(8, 0, 8, 7, Fill.WHITE, false);
    PictureSlide slide = PictureSlide.of(image);

    RgbImage cells = AveragedCells.of(slide, slide.info().level(0), Grid.covering(16, 8, 8));

    assertThat(cells.isValid(0, 0)).isFalse();
    assertThat(cells.isValid(1, 0)).isTrue();
    assertThat(cells.at(1, 0)).isEqualTo(TISSUE);
  }

  @Test
  void fillIsLeftOutAndNotedWithItsNumbers() {
    RgbImage level =
        PictureSlide.picture(40, 20, (x, y) -> x >= 36 ? 0 : x > 5 && x < 12 ? TISSUE : 0xf0f1f2);
    PictureSlide slide = PictureSlide.of(level);

    TissueMask mask = TissueDetector.detect(slide, new TissueRule.Otsu(0, false));

    assertThat(mask.count()).isEqualTo(6 * 20);
    assertThat(mask.notes()).singleElement().asString().startsWith("80 of 800 cells (10.0 %) are");
    TissueMask reference = TissueDetector.detect(slide, new TissueRule.Otsu(0, true));
    assertThat(reference.count()).isZero();
    assertThat(reference.notes()).isEmpty();
  }

  @Test
  void aLevelOfOneRowWorks() {
    PictureSlide slide = PictureSlide.of(tissue(40, 4), tissue(10, 1));
    for (boolean asReference : new boolean[] {true, false}) {
      TissueMask mask = TissueDetector.detect(slide, new TissueRule.Otsu(1, asReference));
      assertThat(mask.grid().rows()).isEqualTo(1);
      assertThat(mask.notes()).singleElement().asString().startsWith("The mask is 1 x 10;");
    }
  }

  @Test
  void everywhereIsEveryCell() {
    PictureSlide slide = PictureSlide.of(tissue(100, 80));

    TissueMask mask = TissueDetector.detect(slide, new TissueRule.Everywhere(5));

    assertThat(mask.grid()).isEqualTo(new Grid(3, 4, 32));
    assertThat(mask.count()).isEqualTo(12);
  }

  @Test
  void aMaskOfAPixelPerCellIsTakenCellForCell() throws IOException {
    PictureSlide slide = PictureSlide.of(tissue(100, 80));
    Path file = png(4, 3, BufferedImage.TYPE_BYTE_GRAY, 0x010101, 1, 2);

    TissueMask mask = TissueDetector.detect(slide, new TissueRule.MaskFile(5, file));

    assertThat(mask.count()).isEqualTo(1);
    assertThat(mask.at(2, 1)).isTrue();
  }

  @Test
  void aMaskOfAnotherSizeIsStretchedOverTheSlide() throws IOException {
    PictureSlide slide = PictureSlide.of(tissue(100, 80), tissue(25, 20));
    Path file = png(50, 40, BufferedImage.TYPE_INT_RGB, 0x000001, 7, 9); // under cell (4, 3)
    TissueMask mask = TissueDetector.detect(slide, new TissueRule.MaskFile(1, file));
    assertThat(mask.count()).isEqualTo(1);
    assertThat(mask.at(4, 3)).isTrue();

    Path coarse = png(5, 4, BufferedImage.TYPE_BYTE_BINARY, WHITE, 4, 0);
    TissueMask blocks = TissueDetector.detect(slide, new TissueRule.MaskFile(1, coarse));
    assertThat(blocks.count()).isEqualTo(25);
    assertThat(blocks.at(4, 20)).isTrue();
    assertThat(blocks.at(5, 20)).isFalse();
  }

  @Test
  void aBlackColourInAPaletteIsNoTissueWhateverItsIndex() throws IOException {
    PictureSlide slide = PictureSlide.of(tissue(100, 80));
    BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_INDEXED);
    for (int i = 0; i < 12; i++) {
      image.setRGB(i % 4, i / 4, 0xff000000);
    }
    assertThat(image.getRaster().getSample(0, 0, 0)).isNotNegative();
    image.setRGB(3, 0, 0xffff0000);
    Path file = folder.resolve("palette.png");
    ImageIO.write(image, "png", file.toFile());

    TissueMask mask = TissueDetector.detect(slide, new TissueRule.MaskFile(5, file));
    assertThat(mask.count()).isEqualTo(1);
    assertThat(mask.at(0, 3)).isTrue();
  }

  @Test
  void aMaskOfAnotherShapeIsRefusedWithBothShapes() throws IOException {
    PictureSlide slide = PictureSlide.of(tissue(100, 80));
    Path turned = png(40, 50, BufferedImage.TYPE_BYTE_GRAY, WHITE, 1, 1);

    assertThatThrownBy(() -> TissueDetector.detect(slide, new TissueRule.MaskFile(5, turned)))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("is 40 x 50 (width x height), but the slide is 100 x 80")
        .hasMessageContaining("36.0 %");
  }

  @Test
  void aFileThatIsNoPictureIsRefused() throws IOException {
    PictureSlide slide = PictureSlide.of(tissue(100, 80));
    Path broken =
        Files.write(folder.resolve("broken.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});

    assertThatThrownBy(() -> TissueDetector.detect(slide, new TissueRule.MaskFile(5, broken)))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("broken.png");
    Path absent = folder.resolve("absent.png");
    assertThatThrownBy(() -> TissueDetector.detect(slide, new TissueRule.MaskFile(5, absent)))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void aPyramidalTiffMaskIsReadAtTheLevelThatFitsTheCells() {
    // A CAMELYON-like mask pyramid of the region: LZW, one sample, 0 and 1.
    Path region = TestData.file("slides/derived/c17-region-7-levels.tif");
    Path file = TestData.file("slides/derived/c17-region-mask.tif");
    try (Slide slide = Slides.open(region, SlideOptions.DEFAULT);
        Slide truth = Slides.open(file, SlideOptions.DEFAULT)) {
      RgbImage pixels = truth.read(new Region(0, 0, 3, 358, 358));
      TissueMask same = TissueDetector.detect(slide, new TissueRule.MaskFile(3, file));
      assertThat(same.grid()).isEqualTo(new Grid(358, 358, 2868 / 358.0));
      assertThat(same.count()).isPositive();
      for (int at = 0; at < 358 * 358; at++) {
        assertThat(same.at(at / 358, at % 358)).isEqualTo(pixels.at(at % 358, at / 358) != 0);
      }
      TissueMask half = TissueDetector.detect(slide, new TissueRule.MaskFile(4, file));
      assertThat(half.grid().rows()).isEqualTo(179);
      for (int at = 0; at < 179 * 179; at++) {
        int row = at / 179;
        int column = at % 179;
        boolean underCentre = pixels.at(2 * column + 1, 2 * row + 1) != 0;
        assertThat(half.at(row, column)).isEqualTo(underCentre);
      }
    }
  }

  private Path png(int width, int height, int type, int colour, int x, int y) throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    if (type == BufferedImage.TYPE_BYTE_GRAY) {
      image.getRaster().setSample(x, y, 0, colour & 0xff); // setRGB would go through gamma
    } else {
      image.setRGB(x, y, colour);
    }
    Path file = folder.resolve("mask.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  /** White with a rectangle of tissue: columns and rows from 2/5 to 4/5, at least one. */
  private static RgbImage tissue(int width, int height) {
    return PictureSlide.picture(
        width,
        height,
        (x, y) -> {
          boolean across = x >= width * 2 / 5 && x < width * 4 / 5;
          boolean down = y >= height * 2 / 5 && y < Math.max(height * 9 / 10, height * 2 / 5 + 1);
          return across && down ? TISSUE : WHITE;
        });
  }

  private static int mean(RgbImage image, int left, int top, int size) {
    long[] sums = new long[3];
    long n = 0;
    for (int y = top; y < Math.min(top + size, image.height()); y++) {
      for (int x = left; x < Math.min(left + size, image.width()); x++) {
        int colour = image.at(x, y);
        sums[0] += colour >> 16;
        sums[1] += colour >> 8 & 0xff;
        sums[2] += colour & 0xff;
        n++;
      }
    }
    int mean = 0;
    for (long sum : sums) {
      mean = mean << 8 | (int) ((2 * sum + n) / (2 * n));
    }
    return mean;
  }
}
