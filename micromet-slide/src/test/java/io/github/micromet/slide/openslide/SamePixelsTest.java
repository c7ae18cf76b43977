// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.openslide;

import static org.assertj.core.api.Assertions.assertThat;

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
    "slides/derived/codec-jpeg-ycbcr.tif, 1",
    "slides/derived/codec-jpeg-rgb.tif, 1",
    "slides/derived/codec-deflate.tif, 0",
    "slides/derived/codec-lzw-predictor.tif, 0",
    "slides/generic-pyramid-deflate.tiff, 0"
  })
  void ourTiffReaderSeesWhatLibopenslideSees(String name, double meanGreyLevels)
      throws IOException {
    Path file = TestData.file(name);
    try (Slide theirs = HostOpenSlide.open(file, SlideOptions.DEFAULT);
        Slide ours = Slides.open(file, SlideOptions.DEFAULT)) {
      assertThat(ours.info().reader()).isEqualTo("micromet");
      assertThat(theirs.info().levels()).hasSameSizeAs(ours.info().levels());
      for (Level level : ours.info().levels()) {
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
                  Math.max(1, height - 70))
            }) {
          if (at.x0() > 0 && level.downsample() != Math.rint(level.downsample())) {
            continue;
          }
          assertThat(difference(theirs.read(at), ours.read(at)))
              .as("%s %s", name, at)
              .isLessThanOrEqualTo(meanGreyLevels);
        }
      }
    }
  }

  private static double difference(RgbImage a, RgbImage b) {
    assertThat(a.invalidCount()).isEqualTo(b.invalidCount());
    ByteBuffer one = a.rgb();
    ByteBuffer two = b.rgb();
    double sum = 0;
    for (int i = 0; i < one.limit(); i++) {
      sum += Math.abs((one.get(i) & 0xff) - (two.get(i) & 0xff));
    }
    return sum / one.limit();
  }
}
