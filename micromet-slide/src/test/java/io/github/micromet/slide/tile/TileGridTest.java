// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.CoordinateTiles;
import io.github.micromet.slide.CorruptSlideException;
import io.github.micromet.slide.Fill;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideContract;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.TileFault;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TileGridTest extends SlideContract {
  private static final SlideOptions PINK = SlideOptions.DEFAULT.withFill(new Fill(9, 8, 7));

  @Override
  protected Slide open(SlideOptions options) {
    return TileGrid.of(CoordinateTiles.of(301, 257, 4, 32), options);
  }

  @Test
  void aMissingTileHasTheFillColourIsInvalidAndNoFault() {
    CoordinateTiles tiles = CoordinateTiles.of(100, 100, 1, 32).withMissing(0, 1, 0);
    try (TileGrid slide = TileGrid.of(tiles, PINK)) {
      RgbImage image = slide.read(new Region(30, 0, 0, 10, 4));

      assertThat(image.at(1, 0)).isEqualTo(CoordinateTiles.colour(0, 31, 0));
      assertThat(image.at(2, 0)).isEqualTo(0x090807);
      assertThat(image.isValid(1, 0)).isTrue();
      assertThat(image.isValid(2, 0)).isFalse();
      assertThat(image.invalidCount()).isEqualTo(8 * 4);
      assertThat(slide.faults()).isEmpty();
    }
  }

  @Test
  void aCorruptTileIsWhiteInvalidAndListedOnceAndTheSlideGoesOn() {
    CoordinateTiles tiles =
        CoordinateTiles.of(100, 80, 2, 32).withBad(0, 3, 2).withBad(0, 1, 0).withBad(1, 0, 0);
    // No cache at all: faults are remembered without it.
    try (TileGrid slide = TileGrid.of(tiles, PINK.withCacheBytes(0))) {
      slide.read(new Region(0, 0, 1, 10, 10));
      for (int i = 0; i < 3; i++) {
        RgbImage image = slide.read(new Region(0, 0, 0, 100, 80));
        assertThat(image.at(33, 1)).isEqualTo(0xffffff);
        assertThat(image.isValid(33, 1)).isFalse();
        assertThat(image.at(64, 1)).isEqualTo(CoordinateTiles.colour(0, 64, 1));
        assertThat(image.invalidCount()).isEqualTo(32 * 32 + 4 * 16);
      }

      String reason = "this tile is bad by design";
      assertThat(slide.faults())
          .containsExactly(
              new TileFault(0, 1, 0, 32, 0, 32, 32, reason),
              new TileFault(0, 3, 2, 96, 64, 4, 16, reason),
              new TileFault(1, 0, 0, 0, 0, 64, 64, reason));
    }
  }

  @Test
  void aCorruptTileReadByItselfIsWhiteToo() {
    CoordinateTiles tiles = CoordinateTiles.of(100, 80, 1, 32).withBad(0, 3, 0);
    try (TileGrid slide = TileGrid.of(tiles, PINK)) {
      RgbImage image = slide.read(new Region(96, 0, 0, 32, 32));

      assertThat(image.at(0, 0)).isEqualTo(0xffffff);
      assertThat(image.at(4, 0)).isEqualTo(0x090807);
      assertThat(image.invalidCount()).isEqualTo(32 * 32);
      assertThat(slide.faults()).hasSize(1);
    }
  }

  @Test
  void eachTileIsDecodedOnceInAPassOfOverlappingWindows() {
    CoordinateTiles tiles = CoordinateTiles.of(320, 320, 1, 32);
    try (TileGrid slide = TileGrid.of(tiles, SlideOptions.DEFAULT)) {
      for (int y = 0; y < 320; y += 20) {
        for (int x = 0; x < 320; x += 20) {
          slide.read(new Region(x, y, 0, 50, 50));
        }
      }
      assertThat(slide.tilesDecoded()).isEqualTo(100);
      assertThat(tiles.reads()).isEqualTo(100);
    }
  }

  @Test
  void threadsThatWantTheSameTileDecodeItOnce() throws Exception {
    CoordinateTiles tiles = CoordinateTiles.of(640, 640, 1, 64);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (TileGrid slide = TileGrid.of(tiles, SlideOptions.DEFAULT)) {
      Callable<RgbImage> whole = () -> slide.read(new Region(0, 0, 0, 640, 640));
      for (Future<RgbImage> read : pool.invokeAll(List.of(whole, whole, whole, whole))) {
        assertThat(read.get().at(639, 639)).isEqualTo(CoordinateTiles.colour(0, 639, 639));
      }
      assertThat(slide.tilesDecoded()).isEqualTo(100);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aPassNeedsRoomForTwoRowsOfTilesOnly() {
    CoordinateTiles tiles = CoordinateTiles.of(640, 640, 1, 32);
    long twoRows = 2 * 20 * (32 * 32 * 3 + 200);
    try (TileGrid slide = TileGrid.of(tiles, SlideOptions.DEFAULT.withCacheBytes(twoRows))) {
      for (int y = 0; y < 640; y += 20) {
        for (int x = 0; x < 640; x += 20) {
          slide.read(new Region(x, y, 0, 30, 30));
        }
      }
      assertThat(slide.tilesDecoded()).isEqualTo(400);
    }
  }

  @Test
  void aFileThatCannotBeReadIsAnErrorNotAFault() {
    TileSource broken = new BrokenDisk(CoordinateTiles.of(100, 100, 1, 32));
    try (TileGrid slide = TileGrid.of(broken, SlideOptions.DEFAULT)) {
      assertThatThrownBy(() -> slide.read(new Region(0, 0, 0, 10, 10)))
          .isInstanceOf(CorruptSlideException.class)
          .hasMessageContaining("coordinates: cannot be read")
          .hasMessageContaining("input/output error");
      assertThat(slide.faults()).isEmpty();
    }
  }

  @Test
  void closingTheSlideClosesItsTiles() {
    CoordinateTiles tiles = CoordinateTiles.of(100, 100, 1, 32);
    TileGrid.of(tiles, SlideOptions.DEFAULT).close();

    assertThat(tiles.isClosed()).isTrue();
  }

  private record BrokenDisk(TileSource of) implements TileSource {
    @Override
    public String name() {
      return of.name();
    }

    @Override
    public SlideInfo info() {
      return of.info();
    }

    @Override
    public Tile readTile(int level, long column, long row, RgbImage into) throws IOException {
      throw new IOException("input/output error");
    }

    @Override
    public Optional<RgbImage> associated(String name) {
      return Optional.empty();
    }

    @Override
    public String identity() {
      return of.identity();
    }

    @Override
    public void close() throws IOException {
      of.close();
    }
  }
}
