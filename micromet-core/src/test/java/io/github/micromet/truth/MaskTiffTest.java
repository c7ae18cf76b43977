// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.TestData;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.AffineTransformation;

class MaskTiffTest {
  @TempDir Path folder;

  @Test
  void everyLevelOfTheFileIsTheLevelMask() {
    TruthPolygons truth = shifted(30_000);
    Path file = folder.resolve("mask.tif");

    MaskTiff.write(file, truth, 9_000, 7_001, 255);

    try (Slide mask = Slides.open(file, SlideOptions.DEFAULT)) {
      assertThat(mask.info().levels()).hasSize(8);
      for (int i : List.of(3, 5, 6, 7)) {
        Level level = mask.info().level(i);
        int rows = (int) level.height();
        int columns = (int) level.width();
        byte[] expected = LevelMask.of(truth, i, rows, columns);
        RgbImage read = mask.read(new Region(0, 0, i, columns, rows));
        int tumour = 0;
        for (int at = 0; at < expected.length; at++) {
          int value = read.at(at % columns, at / columns) & 0xff;
          assertThat(value).as("level %d, %d", i, at).isEqualTo(expected[at] * 255);
          tumour += expected[at];
        }
        assertThat(tumour).isPositive();
      }
    }
  }

  @Test
  void aMaskHasTheLevelsAndTheSpacingOfItsSlide() {
    Path slideFile = TestData.file("slides/derived/c17-region-7-levels.tif");
    Path file = folder.resolve("mask.tif");
    try (Slide slide = Slides.open(slideFile, SlideOptions.DEFAULT)) {
      MaskTiff.write(file, square(700, 500, 400), slide.info(), 1);
      try (Slide mask = Slides.open(file, SlideOptions.DEFAULT)) {
        for (Level level : slide.info().levels()) {
          assertThat(mask.info().level(level.index()).width()).isEqualTo(level.width());
          assertThat(mask.info().level(level.index()).height()).isEqualTo(level.height());
        }
        assertThat(mask.info().mpp()).isEqualTo(slide.info().mpp());
        assertThat(mask.read(new Region(700, 500, 0, 1, 1)).at(0, 0)).isEqualTo(0x010101);
        assertThat(mask.read(new Region(699, 500, 0, 1, 1)).at(0, 0)).isZero();
      }
    }
  }

  @Test
  void aDamagedTileIsAnErrorAndNotTumour() throws IOException {
    Path file = folder.resolve("mask.tif");
    MaskTiff.write(file, square(700, 500, 400), 2_000, 1_500, 1);
    SlideInfo info;
    try (Slide mask = Slides.open(file, SlideOptions.DEFAULT)) {
      info = mask.info();
    }
    byte[] bytes = Files.readAllBytes(file);
    // Tiles are zlib streams, which begin with 0x78; what follows is spoiled.
    for (int i = 8; i < bytes.length - 8; i++) {
      if (bytes[i] == 0x78 && ((bytes[i] << 8) + (bytes[i + 1] & 0xff)) % 31 == 0) {
        bytes[i + 2] = (byte) 0xff;
        bytes[i + 3] = (byte) 0xff;
      }
    }
    Files.write(file, bytes);

    try (SlideTruth truth = SlideTruth.open(file, info, TruthReading.DEFAULT)) {
      assertThatThrownBy(() -> truth.tumourAt(710, 510))
          .isInstanceOf(MicrometException.class)
          .hasMessageContaining("cannot be decoded");
    }
  }

  @Test
  void aLargeSlideOfOneSquareIsASmallFile() throws IOException {
    Path file = folder.resolve("mask.tif");
    MaskTiff.write(file, square(1_000, 1_000, 50_000), 60_000, 60_000, 1);
    // Without shared tiles there would be 14 thousand of level 0 alone, half a kilobyte each.
    assertThat(Files.size(file)).isLessThan(2_000_000);
  }

  /** Ten billion pixels; a whole level in memory would be too much for a test's heap. */
  @Test
  @Tag("slow")
  void fiftyOutlinesOnASlideOf100000By100000AreAMask() throws IOException {
    List<Annotation> outlines = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      double x = 1_000 + i % 10 * 9_900;
      double y = 2_000 + i / 10 * 19_000;
      outlines.addAll(square(x, y, 300 + 90 * i).annotations());
    }
    Path file = folder.resolve("mask.tif");

    MaskTiff.write(file, new TruthPolygons(outlines), 100_000, 100_000, 1);

    try (Slide mask = Slides.open(file, SlideOptions.DEFAULT)) {
      for (int i = 0; i < 50; i++) {
        long x = 1_000 + i % 10 * 9_900L;
        long y = 2_000 + i / 10 * 19_000L;
        int side = 300 + 90 * i;
        assertThat(mask.read(new Region(x, y, 0, 1, 1)).at(0, 0)).isEqualTo(0x010101);
        assertThat(mask.read(new Region(x + side - 1, y + side - 1, 0, 1, 1)).at(0, 0))
            .isEqualTo(0x010101);
        assertThat(mask.read(new Region(x + side, y, 0, 1, 1)).at(0, 0)).isZero();
        assertThat(mask.read(new Region(x - 1, y, 0, 1, 1)).at(0, 0)).isZero();
      }
    }
  }

  private static TruthPolygons square(double x, double y, double side) {
    return new TruthPolygons(
        List.of(
            new Annotation(
                "a",
                "_0",
                Rings.polygon(
                        List.of(
                            new Coordinate(x, y),
                            new Coordinate(x + side, y),
                            new Coordinate(x + side, y + side),
                            new Coordinate(x, y + side)))
                    .orElseThrow())));
  }

  /** Real outlines of CAMELYON16, moved towards the corner. */
  private static TruthPolygons shifted(double by) {
    TruthPolygons truth = PolygonJson.read(TestData.file("annotations/ncrf/valid_Tumor_107.json"));
    AffineTransformation move = AffineTransformation.translationInstance(-24_000, -2 * by);
    return new TruthPolygons(
        truth.annotations().stream()
            .map(a -> new Annotation(a.name(), a.group(), (Polygon) move.transform(a.outline())))
            .toList());
  }
}
