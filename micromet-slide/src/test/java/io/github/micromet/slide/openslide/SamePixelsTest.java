// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.openslide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.Golden;
import io.github.micromet.TestData;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reader of this project against the library of the host, live. */
class SamePixelsTest {
  private static final int SIZE = 400;

  @ParameterizedTest
  @CsvSource({
    "slides/cmu-1-small-region.svs, 1",
    "slides/derived/c17-region-7-levels.tif, 1",
    "slides/derived/cmu-1-7-levels.tif, 1",
    "slides/derived/c17-region-jpeg-pyramid.tif, 1",
    "slides/derived/c17-region-mask.tif, 0",
    "slides/derived/codec-jpeg-ycbcr.tif, 1",
    "slides/derived/codec-jpeg-rgb.tif, 1",
    "slides/derived/codec-deflate.tif, 0",
    "slides/derived/codec-lzw-predictor.tif, 0",
    "slides/derived/codec-none.tif, 0",
    "slides/derived/codec-planar-lzw.tif, 0",
    "slides/derived/codec-webp.tif, 0",
    "slides/derived/codec-zstd.tif, 0",
    "slides/derived/ome-subifd-jpeg.ome.tif, 1",
    "slides/generic-pyramid-deflate.tiff, 0",
    "slides/mask-bigtiff-lzw.tif, 0",
    "conformance/slides/blobs-jpeg.tif, 1",
    "conformance/slides/blobs-black-columns.tif, 1"
  })
  void ourTiffReaderSeesWhatLibopenslideSees(String name, double meanGreyLevels)
      throws IOException {
    Path file = name.startsWith("conformance/") ? Golden.root().resolve(name) : TestData.file(name);
    try (Slide theirs = HostOpenSlide.open(file, SlideOptions.DEFAULT);
        Slide ours = Slides.open(file, SlideOptions.DEFAULT)) {
      assertThat(ours.info().reader()).isEqualTo("micromet");
      // libopenslide does not look into sub-directories.
      boolean firstLevelOnly = ours.info().format().equals("ome-tiff");
      assertThat(theirs.info().levels()).hasSize(firstLevelOnly ? 1 : ours.info().levels().size());
      long compared = 0;
      for (Level level : ours.info().levels().subList(0, theirs.info().levels().size())) {
        if (level.width() < level.tileWidth() || level.height() < level.tileHeight()) {
          continue; // libopenslide 3.4.1 garbles levels smaller than a tile
        }
        assertThat(theirs.info().level(level.index()).downsample()).isEqualTo(level.downsample());
        int width = (int) Math.min(SIZE, level.width());
        int height = (int) Math.min(SIZE, level.height());
        for (Region at :
            new Region[] {
              new Region(0, 0, level.index(), width, height),
              // The library blends pixels at other origins than whole multiples.
              new Region(
                  (long) Math.rint(64 * level.downsample()),
                  (long) Math.rint(64 * level.downsample()),
                  level.index(),
                  Math.max(1, width - 70),
                  Math.max(1, height - 70)),
              new Region(
                  middle(level.width(), width, level),
                  middle(level.height(), height, level),
                  level.index(),
                  width,
                  height)
            }) {
          if (at.x0() > 0 && level.downsample() != Math.rint(level.downsample())) {
            continue;
          }
          RgbImage seen = ours.read(at);
          compared += (long) at.width() * at.height() - seen.invalidCount();
          assertThat(difference(theirs.read(at), seen))
              .as("%s %s", name, at)
              .isLessThanOrEqualTo(meanGreyLevels);
        }
      }
      assertThat(compared).as("pixels compared").isPositive();
    }
  }

  /** The origin of a region in the middle of the level, in level-0 pixels. */
  private static long middle(long whole, int size, Level level) {
    long pixel = (whole - size) / 2;
    return (long) Math.rint(pixel * level.downsample());
  }

  /**
   * Mean absolute difference of the valid pixels, in grey levels. The colour of the others is not
   * the file's: libopenslide 3 calls a missing tile an error, which we show white, 4 a gap.
   */
  private static double difference(RgbImage a, RgbImage b) {
    ByteBuffer one = a.rgb();
    ByteBuffer two = b.rgb();
    long sum = 0;
    for (int i = 0; i < one.limit(); i++) {
      int pixel = i / 3;
      boolean valid = a.isValid(pixel % a.width(), pixel / a.width());
      assertThat(b.isValid(pixel % a.width(), pixel / a.width())).isEqualTo(valid);
      if (valid) {
        sum += Math.abs((one.get(i) & 0xff) - (two.get(i) & 0xff));
      }
    }
    long valid = (long) a.width() * a.height() - a.invalidCount();
    return valid == 0 ? 0 : sum / (3.0 * valid);
  }
}
