// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.CoordinateTiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every slide promises, whoever reads it; each implementation inherits these tests. The slide
 * under test shows {@link CoordinateTiles#colour} at every pixel of every level, exactly, and has
 * no tile that is missing or corrupt. A bug that this suite missed is first a bug in the suite.
 */
public abstract class SlideContract {
  private static final Fill FILL = new Fill(1, 2, 3);
  private static final int FILL_COLOUR = 0x010203;
  private static final int REGIONS_PER_LEVEL = 60;
  private static final long SEED = Long.getLong("micromet.seed", 20261124L);

  /** Opens the slide of coordinates: at least two levels, a level 0 of at least 100 x 100. */
  protected abstract Slide open(SlideOptions options) throws IOException;

  @Test
  void everyRegionShowsThePixelsOfItsPlace() throws IOException {
    try (Slide slide = open(SlideOptions.DEFAULT.withFill(FILL))) {
      SplittableRandom random = new SplittableRandom(SEED);
      for (Level level : slide.info().levels()) {
        for (int i = 0; i < REGIONS_PER_LEVEL; i++) {
          check(slide, region(slide, level, random));
        }
      }
      assertThat(slide.faults()).isEmpty();
    }
  }

  @Test
  void aWholeLevelIsReadInOnePiece() throws IOException {
    try (Slide slide = open(SlideOptions.DEFAULT.withFill(FILL))) {
      for (Level level : slide.info().levels()) {
        Region whole = new Region(0, 0, level.index(), (int) level.width(), (int) level.height());
        assertThat(slide.read(whole).isAllValid()).isTrue();
        check(slide, whole);
      }
    }
  }

  @Test
  void aRegionThatIsOneTileShowsThatTile() throws IOException {
    try (Slide slide = open(SlideOptions.DEFAULT.withFill(FILL))) {
      Level level = slide.info().level(0);
      for (long y = 0; y < level.height(); y += level.tileHeight()) {
        for (long x = 0; x < level.width(); x += level.tileWidth()) {
          check(slide, new Region(x, y, 0, level.tileWidth(), level.tileHeight()));
        }
      }
    }
  }

  @Test
  void anOriginBetweenTwoPixelsOfALevelRoundsToTheNearest() throws IOException {
    try (Slide slide = open(SlideOptions.DEFAULT)) {
      Level level = slide.info().level(1);
      for (long x0 = 0; x0 < 40; x0++) {
        long nearest = (long) Math.floor(x0 / level.downsample() + 0.5);
        int found = slide.read(new Region(x0, 0, 1, 1, 1)).at(0, 0);
        assertThat(found)
            .as("x0 %d shows %s", x0, CoordinateTiles.place(found))
            .isEqualTo(CoordinateTiles.colour(1, nearest, 0));
      }
    }
  }

  @Test
  void whatLiesOutsideHasTheFillColourAndIsInvalid() throws IOException {
    try (Slide slide = open(SlideOptions.DEFAULT.withFill(FILL))) {
      long width = slide.info().width();
      long height = slide.info().height();
      for (Region at :
          List.of(
              new Region(-20, -20, 0, 20, 20),
              new Region(width, 0, 0, 7, 9),
              new Region(0, height, 0, 7, 9),
              new Region(Long.MAX_VALUE / 2, Long.MIN_VALUE / 2, 0, 5, 5),
              new Region(Long.MIN_VALUE, Long.MAX_VALUE, 1, 5, 5))) {
        RgbImage image = slide.read(at);
        assertThat(image.invalidCount()).isEqualTo(at.width() * at.height());
        assertThat(image.at(at.width() - 1, at.height() - 1)).isEqualTo(FILL_COLOUR);
      }
      check(slide, new Region(-3, -5, 0, (int) width + 7, (int) height + 11));
    }
  }

  @Test
  void aPictureUsedBeforeKeepsNothingOfItsPast() throws IOException {
    try (Slide slide = open(SlideOptions.DEFAULT)) {
      RgbImage image = new RgbImage(30, 30);
      image.fill(Fill.WHITE, false);

      slide.readRegion(new Region(4, 5, 0, 30, 30), image);

      assertThat(image.isAllValid()).isTrue();
      assertThat(image.at(0, 0)).isEqualTo(CoordinateTiles.colour(0, 4, 5));
    }
  }

  @Test
  void aViewOfABatchIsFilledInItsPlaceOnly() throws IOException {
    try (Slide slide = open(SlideOptions.DEFAULT)) {
      Level level = slide.info().level(0);
      for (int[] size : new int[][] {{20, 10}, {level.tileWidth(), level.tileHeight()}}) {
        int bytes = size[0] * size[1] * 3;
        ByteBuffer batch = ByteBuffer.allocateDirect(bytes + 200);

        slide.readRegion(
            new Region(0, 0, 0, size[0], size[1]),
            RgbImage.view(batch.duplicate().position(100), size[0], size[1]));

        assertThat(batch.get(99)).isZero();
        assertThat(batch.get(100 + bytes)).isZero();
        int row = size[1] - 1;
        int last = CoordinateTiles.colour(0, 9, row);
        int at = 100 + (row * size[0] + 9) * 3;
        assertThat(batch.get(at + 1)).isEqualTo((byte) (last >> 8));
        assertThat(batch.get(at + 2)).isEqualTo((byte) last);
      }
    }
  }

  @Test
  void fourThreadsReadTheSamePixelsAsOne() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    // A cache of a few tiles, so that they push each other's tiles out.
    try (Slide slide = open(SlideOptions.DEFAULT.withFill(FILL).withCacheBytes(50_000))) {
      List<Callable<Void>> readers = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        SplittableRandom random = new SplittableRandom(SEED + thread);
        readers.add(
            () -> {
              for (int i = 0; i < REGIONS_PER_LEVEL; i++) {
                List<Level> levels = slide.info().levels();
                check(slide, region(slide, levels.get(i % levels.size()), random));
              }
              return null;
            });
      }
      for (Future<Void> reader : pool.invokeAll(readers)) {
        reader.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aPictureOfAnotherSizeAndALevelThatIsNotThereAreRefused() throws IOException {
    try (Slide slide = open(SlideOptions.DEFAULT)) {
      RgbImage small = new RgbImage(9, 10);
      assertThatThrownBy(() -> slide.readRegion(new Region(0, 0, 0, 10, 10), small))
          .isInstanceOf(IllegalArgumentException.class);
      int none = slide.info().levels().size();
      assertThatThrownBy(() -> slide.read(new Region(0, 0, none, 10, 10)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no level " + none);
    }
  }

  @Test
  void aClosedSlideSaysSo() throws IOException {
    Slide slide = open(SlideOptions.DEFAULT);
    slide.close();

    assertThatThrownBy(() -> slide.read(new Region(0, 0, 0, 10, 10)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    slide.close();
  }

  @Test
  void theSpacingGivenAtOpenReplacesTheFiles() throws IOException {
    Mpp given = new Mpp(0.4, 0.5);
    try (Slide slide = open(SlideOptions.DEFAULT.withMpp(Optional.of(given)))) {
      assertThat(slide.info().mpp()).contains(given);
    }
  }

  @Test
  void levelsAreNumberedFromTheFinestAndTheirDownsampleIsTheMeanOfBothRatios() throws IOException {
    try (Slide slide = open(SlideOptions.DEFAULT)) {
      SlideInfo info = slide.info();
      for (int i = 0; i < info.levels().size(); i++) {
        Level level = info.level(i);
        assertThat(level.index()).isEqualTo(i);
        double x = (double) info.width() / level.width();
        double y = (double) info.height() / level.height();
        assertThat(level.downsample()).isEqualTo((x + y) / 2);
      }
      assertThat(slide.identity()).matches("[0-9a-f]{64}");
    }
  }

  /** Anywhere, a third of them across or beyond an edge. */
  private static Region region(Slide slide, Level level, SplittableRandom random) {
    int w = 1 + random.nextInt(90);
    int h = 1 + random.nextInt(90);
    long width = slide.info().width();
    long height = slide.info().height();
    return new Region(
        random.nextLong(-width / 4, width + width / 4),
        random.nextLong(-height / 4, height + height / 4),
        level.index(),
        w,
        h);
  }

  private static void check(Slide slide, Region at) {
    Level level = slide.info().level(at.level());
    RgbImage image = slide.read(at);
    long left = (long) Math.floor(at.x0() / level.downsample() + 0.5);
    long top = (long) Math.floor(at.y0() / level.downsample() + 0.5);
    for (int y = 0; y < at.height(); y++) {
      for (int x = 0; x < at.width(); x++) {
        long px = left + x;
        long py = top + y;
        boolean inside = px >= 0 && py >= 0 && px < level.width() && py < level.height();
        int expected = inside ? CoordinateTiles.colour(at.level(), px, py) : FILL_COLOUR;
        int found = image.at(x, y);
        if (found != expected || image.isValid(x, y) != inside) {
          throw new AssertionError(
              at
                  + " at ("
                  + x
                  + ", "
                  + y
                  + ") shows "
                  + CoordinateTiles.place(found)
                  + ", not "
                  + CoordinateTiles.place(expected)
                  + ", valid "
                  + image.isValid(x, y)
                  + ", seed "
                  + SEED);
        }
      }
    }
  }
}
