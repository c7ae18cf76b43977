// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.slide.RgbImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThumbnailTest {
  @Test
  void theCoarsestLevelThatIsFineEnoughIsRead() {
    PaintedSlide slide =
        new PaintedSlide(
            List.of(
                PaintedSlide.level(0, 4000, 2000, 1),
                PaintedSlide.level(1, 1000, 500, 4),
                PaintedSlide.level(2, 250, 125, 16)),
            (level, x, y) -> level == 1 ? 0x336699 : 0xFF0000);

    Thumbnail thumbnail = Thumbnail.of(slide, 300);

    assertThat(thumbnail.image().width()).isEqualTo(300);
    assertThat(thumbnail.image().height()).isEqualTo(150);
    assertThat(colours(thumbnail.image())).containsOnly(0x336699);
    assertThat(slide.read).allMatch(region -> region.level() == 1);
  }

  @Test
  void eachPixelIsTheMeanOfTheAreaItCovers() {
    // 3 x 1 onto 2 x 1: the middle pixel belongs half to each.
    PaintedSlide slide =
        new PaintedSlide(
            List.of(PaintedSlide.level(0, 3, 1, 1)), (level, x, y) -> (int) (x * 90) << 16 | 30);

    RgbImage image = Thumbnail.of(slide, 2).image();

    assertThat(colours(image)).containsExactly(30 << 16 | 30, 150 << 16 | 30);
  }

  @Test
  void aSlideOfManyBlocksIsReadOncePixelByPixelInBlocksOfBoundedSize() {
    PaintedSlide slide =
        new PaintedSlide(
            List.of(PaintedSlide.level(0, 4100, 1030, 1)),
            (level, x, y) -> (x < 2050 ? 0x800000 : 0) | (y < 515 ? 0x80 : 0));

    RgbImage image = Thumbnail.of(slide, 410).image();

    assertThat(image.at(0, 0)).isEqualTo(0x800080);
    assertThat(image.at(204, 0)).isEqualTo(0x800080);
    assertThat(image.at(205, 0)).isEqualTo(0x000080);
    assertThat(image.at(0, image.height() - 1)).isEqualTo(0x800000);
    assertThat(slide.read.stream().mapToLong(at -> (long) at.width() * at.height()).sum())
        .isEqualTo(4100L * 1030);
    assertThat(slide.read).allMatch(at -> at.width() * at.height() <= 2048 * 1024);
  }

  @Test
  void pixelsThatTheSlideDoesNotHaveAreWhiteWhateverItsFill() {
    PaintedSlide slide =
        new PaintedSlide(
            List.of(PaintedSlide.level(0, 40, 40, 1)), (level, x, y) -> x < 20 ? -1 : 0x204060);

    RgbImage image = Thumbnail.of(slide, 4).image();

    assertThat(image.at(0, 0)).isEqualTo(0xFFFFFF);
    assertThat(image.at(3, 3)).isEqualTo(0x204060);
    assertThat(image.isAllValid()).isTrue();
  }

  @Test
  void aSlideSmallerThanTheThumbnailKeepsItsSizeAndPixels() {
    PaintedSlide slide =
        new PaintedSlide(
            List.of(PaintedSlide.level(0, 5, 3, 1)), (level, x, y) -> (int) (x * 16 + y));

    RgbImage image = Thumbnail.of(slide, 1000).image();

    assertThat(image.width()).isEqualTo(5);
    assertThat(image.at(4, 2)).isEqualTo(66);
  }

  @Test
  void labelAndMacroAreNeverAskedFor() {
    PaintedSlide slide =
        new PaintedSlide(List.of(PaintedSlide.level(0, 50, 50, 1)), (level, x, y) -> 0);

    assertThat(Thumbnail.of(slide, 10).width0()).isEqualTo(50);
    assertThat(slide.associatedAskedFor).isEmpty();
  }

  @Test
  void anEdgeOfNothingIsRefused() {
    PaintedSlide slide =
        new PaintedSlide(List.of(PaintedSlide.level(0, 50, 50, 1)), (level, x, y) -> 0);

    assertThatThrownBy(() -> Thumbnail.of(slide, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static int[] colours(RgbImage image) {
    int[] colours = new int[image.width() * image.height()];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = image.at(i % image.width(), i / image.width());
    }
    return colours;
  }
}
