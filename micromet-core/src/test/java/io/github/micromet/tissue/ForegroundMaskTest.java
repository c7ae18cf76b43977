// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.Golden;
import io.github.micromet.PictureSlide;
import io.github.micromet.slide.Fill;
import io.github.micromet.slide.RgbImage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForegroundMaskTest {
  private static final int WHITE = 0xffffff;
  private static final int PALE_TISSUE = 0xbe96b9; // 190, 150, 185

  @ParameterizedTest
  @ValueSource(
      strings = {
        "black-pen",
        "blue-square",
        "constant-0",
        "constant-128",
        "constant-255",
        "constant-colour",
        "constant-red-channel",
        "fill-only-border",
        "grey-dark-square",
        "noise",
        "noise-narrow",
        "pale",
        "pale-black-columns",
        "pale-white-columns",
        "red-channel-zero"
      })
  void maskEqualsMonaiPixelForPixel(String name) {
    Path level = Golden.file("mask/" + name + "-level.npy");
    int[] shape = Golden.shape(level);
    RgbImage image = RgbImage.view(ByteBuffer.wrap(Golden.bytes(level)), shape[1], shape[0]);
    byte[] expected = Golden.bytes(Golden.file("mask/" + name + "-mask.npy"));

    BitSet pixels = ForegroundMask.of(image, false).pixels();

    for (int at = 0; at < expected.length; at++) {
      assertThat(pixels.get(at)).as("pixel %d", at).isEqualTo(expected[at] != 0);
    }
    assertThat(pixels.length()).isLessThanOrEqualTo(expected.length);
  }

  @Test
  void aGreySlideWithADarkSquareHasNoForeground() {
    RgbImage grey = square(0xc8c8c8, 0x282828);

    assertThat(ForegroundMask.of(grey, false).pixels().cardinality()).isZero();
  }

  @Test
  void aBlueSquareOnWhiteIsForegroundPixelForPixel() {
    ForegroundMask mask = ForegroundMask.of(square(WHITE, 0x0000ff), false);

    assertThat(mask.pixels().cardinality()).isEqualTo(25);
    assertThat(mask.pixels().get(5 * 20 + 5)).isTrue();
  }

  @Test
  void aPictureOfOneColourHasNoForeground() {
    for (int colour : new int[] {0, 0x808080, WHITE}) {
      RgbImage plain = PictureSlide.picture(20, 20, (x, y) -> colour);
      assertThat(ForegroundMask.of(plain, false).pixels().isEmpty()).isTrue();
      assertThat(ForegroundMask.of(plain, true).pixels().isEmpty()).isTrue();
    }
  }

  @Test
  void eachColourAloneMakesForegroundAtExactlyItsThreshold() {
    // One channel is constant, so that is its threshold; the other two lie above theirs. MONAI: 2.
    int[][] around = {{100, 90, 90}, {90, 100, 90}, {90, 90, 100}};
    int[][] inside = {{100, 255, 200}, {200, 100, 255}, {255, 200, 100}};
    for (int c = 0; c < 3; c++) {
      int[] out = around[c];
      int[] in = inside[c];
      RgbImage image =
          PictureSlide.picture(
              4, 4, (x, y) -> y == 1 && (x == 1 || x == 2) ? colour(in) : colour(out));
      BitSet pixels = ForegroundMask.of(image, false).pixels();
      assertThat(pixels.cardinality()).as("channel %d", c).isEqualTo(2);
      assertThat(pixels.get(5)).isTrue();
    }
  }

  private static int colour(int[] rgb) {
    return rgb[0] << 16 | rgb[1] << 8 | rgb[2];
  }

  @Test
  void blackColumnsEmptyTheReferencesMaskButNotOurs() {
    RgbImage clean = paleTissue(0);
    RgbImage margin = paleTissue(20);

    ForegroundMask reference = ForegroundMask.of(margin, false);
    assertThat(reference.thresholds().red()).isZero();
    assertThat(reference.thresholds().green()).isZero();
    assertThat(reference.thresholds().blue()).isZero();
    assertThat(reference.pixels().isEmpty()).isTrue();

    ForegroundMask ours = ForegroundMask.of(margin, true);
    assertThat(ours.fillPixels()).isEqualTo(20 * 200);
    BitSet expected = ForegroundMask.of(clean, false).pixels();
    assertThat(expected.cardinality()).isEqualTo(80 * 80);
    assertThat(ours.pixels()).isEqualTo(expected);
  }

  @Test
  void withoutFillBothRulesGiveTheSameMask() {
    SplittableRandom random = new SplittableRandom(7);
    RgbImage noise = PictureSlide.picture(61, 47, (x, y) -> 1 + random.nextInt(WHITE));

    ForegroundMask reference = ForegroundMask.of(noise, false);
    assertThat(reference.pixels().cardinality()).isPositive();
    assertThat(ForegroundMask.of(noise, true).pixels()).isEqualTo(reference.pixels());
    assertThat(ForegroundMask.of(noise, true).thresholds()).isEqualTo(reference.thresholds());
  }

  @Test
  void invalidPixelsAreFillWhereverTheyAreAndBlackOnesOnlyUpToTheBorder() {
    RgbImage image = paleTissue(0);
    image.fill(100, 100, 10, 10, Fill.WHITE, false); // a corrupt tile inside
    image.fill(40, 40, 5, 5, Fill.BLACK, true); // ink inside
    image.fill(0, 190, 3, 10, Fill.BLACK, true); // a black corner
    image.fill(3, 190, 4, 1, Fill.BLACK, true); // and an arm of it

    assertThat(ForegroundMask.of(image, true).fillPixels()).isEqualTo(100 + 30 + 4);
  }

  @Test
  void blackThatReachesTheBorderOnlyRoundCornersIsFill() {
    // A spiral of black that touches the border at one pixel.
    String[] rows = {
      "#.......", "#.#####.", "#.#...#.", "#.#.#.#.", "#.###.#.", "#.....#.", "#######."
    };
    RgbImage image =
        PictureSlide.picture(8, 7, (x, y) -> rows[y].charAt(x) == '#' ? 0 : PALE_TISSUE);
    int black = (int) String.join("", rows).chars().filter(c -> c == '#').count();

    // The single black pixel at (4, 3) hangs on (4, 4).
    assertThat(ForegroundMask.of(image, true).fillPixels()).isEqualTo(black);
  }

  @Test
  void blocksGiveTheSameMaskAsTheWholePicture() {
    SplittableRandom random = new SplittableRandom(11);
    RgbImage noise = PictureSlide.picture(100, 53, (x, y) -> x < 9 ? 0 : random.nextInt(WHITE + 1));
    PictureSlide slide = PictureSlide.of(noise);
    PixelSource blocks = LevelBlocks.streamed(slide, slide.info().level(0));

    ForegroundMask whole = ForegroundMask.of(noise, true);
    ForegroundMask streamed = ForegroundMask.of(blocks, true);
    assertThat(streamed.pixels()).isEqualTo(whole.pixels());
    assertThat(streamed.thresholds()).isEqualTo(whole.thresholds());
    assertThat(streamed.fillPixels()).isEqualTo(whole.fillPixels());
    assertThat(slide.largestRead()).isLessThan(100 * 53);
  }

  private static RgbImage square(int around, int inside) {
    return PictureSlide.picture(
        20, 20, (x, y) -> x >= 5 && x < 10 && y >= 5 && y < 10 ? inside : around);
  }

  /** 200 x 200: an 80 x 80 square of pale tissue on near-white, and black columns at the right. */
  private static RgbImage paleTissue(int blackColumns) {
    return PictureSlide.picture(
        200,
        200,
        (x, y) -> {
          if (x >= 200 - blackColumns) {
            return 0;
          }
          return x >= 20 && x < 100 && y >= 20 && y < 100 ? PALE_TISSUE : 0xf2f0f1;
        });
  }
}
