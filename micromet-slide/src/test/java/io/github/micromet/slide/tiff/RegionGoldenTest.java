// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.RegionGolden;
import io.github.micromet.TestData;
import io.github.micromet.slide.ByteSource;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pixels equal those of OpenSlide 4, or of tifffile where OpenSlide does not open the file or the
 * level is smaller than a tile, over every codec and layout that is read here.
 */
class RegionGoldenTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "blobs-black-columns",
        "blobs-jpeg",
        "c17-region-7-levels",
        "c17-region-jpeg-pyramid",
        "c17-region-mask",
        "cmu-1-7-levels",
        "cmu-1-small-region",
        "codec-bigendian-deflate",
        "codec-deflate",
        "codec-jpeg-rgb",
        "codec-jpeg-ycbcr",
        "codec-lzw-predictor",
        "codec-none",
        "codec-planar-lzw",
        "codec-strips-lzw",
        "codec-webp",
        "codec-zstd",
        "generic-pyramid-deflate",
        "mask-bigtiff-lzw",
        "ome-subifd-jpeg.ome"
      })
  void regionsEqualThoseOfTheReferenceReaders(String name) throws IOException {
    List<RegionGolden> goldens = RegionGolden.of(name);
    assertThat(goldens).hasSizeGreaterThan(5);
    try (Slide slide = Slides.open(goldens.get(0).slide(), SlideOptions.DEFAULT)) {
      assertThat(slide.info().reader()).isEqualTo("micromet");
      for (RegionGolden golden : goldens) {
        assertThat(golden.difference(slide.read(golden.at())))
            .as("%s of %s", golden.at(), name)
            .isLessThanOrEqualTo(golden.tolerance());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bigendian-deflate",
        "deflate",
        "lzw-predictor",
        "planar-lzw",
        "strips-lzw",
        "webp",
        "zstd"
      })
  void everyLosslessCodecGivesThePixelsOfTheUncompressedFile(String codec) throws IOException {
    assertThat(whole(codec).rgb()).isEqualTo(whole("none").rgb());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg-rgb", "jpeg-ycbcr"})
  void jpegIsWithinTwoGreyLevelsOfTheUncompressedFile(String codec) throws IOException {
    RgbImage jpeg = whole(codec);
    RgbImage plain = whole("none");
    long sum = 0;
    for (int i = 0; i < 512 * 512 * 3; i++) {
      sum += Math.abs((jpeg.rgb().get(i) & 0xff) - (plain.rgb().get(i) & 0xff));
    }
    assertThat(sum / (512.0 * 512 * 3)).isBetween(0.1, 2.0);
  }

  private static RgbImage whole(String codec) throws IOException {
    Path file = TestData.file("slides/derived/codec-" + codec + ".tif");
    try (Slide slide = new GenericTiffFormat().open(ByteSource.of(file), SlideOptions.DEFAULT)) {
      return slide.read(new Region(0, 0, 0, 512, 512));
    }
  }
}
