// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.Golden;
import io.github.micromet.TestData;
import io.github.micromet.slide.ByteSource;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pixels equal those of OpenSlide 4, or of tifffile where OpenSlide does not open the file or the
 * level is smaller than a tile, over every codec and layout that is read here.
 */
class RegionGoldenTest {
  /** Two builds of libjpeg-turbo may round differently; measured with the pinned ones: 0. */
  private static final double JPEG_TOLERANCE = 1;

  private static final Pattern CASE =
      Pattern.compile(
          "\"slide\": \"([^\"]+)\", \"x0\": (-?\\d+), \"y0\": (-?\\d+), \"level\": (\\d+), "
              + "\"width\": (\\d+), \"height\": (\\d+), \"png\": \"([^\"]+)\".*"
              + "\"lossless\": (true|false)");

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
    List<MatchResult> cases =
        CASE.matcher(Files.readString(Golden.file("regions/" + name + ".json"))).results().toList();
    assertThat(cases).hasSizeGreaterThan(5);
    try (Slide slide = Slides.open(slide(cases.get(0).group(1)), SlideOptions.DEFAULT)) {
      assertThat(slide.info().reader()).isEqualTo("micromet");
      for (MatchResult one : cases) {
        Region at =
            new Region(
                Long.parseLong(one.group(2)),
                Long.parseLong(one.group(3)),
                Integer.parseInt(one.group(4)),
                Integer.parseInt(one.group(5)),
                Integer.parseInt(one.group(6)));
        BufferedImage expected = ImageIO.read(Golden.file(one.group(7)).toFile());
        double tolerance = one.group(8).equals("true") ? 0 : JPEG_TOLERANCE;
        assertThat(difference(slide.read(at), expected))
            .as("%s of %s", at, name)
            .isLessThanOrEqualTo(tolerance);
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

  private static Path slide(String name) {
    return name.startsWith("conformance/") ? Golden.root().resolve(name) : TestData.file(name);
  }

  /** Mean absolute difference of all channels, in grey levels. */
  private static double difference(RgbImage found, BufferedImage expected) {
    assertThat(expected.getWidth()).isEqualTo(found.width());
    assertThat(expected.getHeight()).isEqualTo(found.height());
    long sum = 0;
    for (int y = 0; y < found.height(); y++) {
      for (int x = 0; x < found.width(); x++) {
        int a = found.at(x, y);
        // getRaster: a grey PNG must not be taken through a colour profile.
        for (int c = 0; c < 3; c++) {
          int band = expected.getRaster().getNumBands() == 1 ? 0 : c;
          int b = expected.getRaster().getSample(x, y, band);
          sum += Math.abs((a >> (16 - 8 * c) & 0xff) - b);
        }
      }
    }
    return sum / (3.0 * found.width() * found.height());
  }
}
