// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import static io.github.micromet.slide.tiff.TestTiff.LONG;
import static io.github.micromet.slide.tiff.TestTiff.RATIONAL;
import static io.github.micromet.slide.tiff.TestTiff.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.slide.HostileFile;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.Verdict;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiffMetadataTest {
  private static final TestTiff.Pixels PLAIN = (x, y) -> 0x336699;

  @Test
  void anAperioSlideHasItsLevelsPicturesSpacingAndWords() throws IOException {
    try (Slide slide = open(new AperioFormat(), TestSlides.aperio())) {
      SlideInfo info = slide.info();
      assertThat(info.format()).isEqualTo("aperio");
      assertThat(info.levels()).extracting(Level::width).containsExactly(400L, 200L, 100L);
      assertThat(info.mpp()).contains(Mpp.of(0.499));
      assertThat(info.objectivePower()).isEqualTo(OptionalDouble.of(20));
      assertThat(info.associated()).containsExactly("label", "macro", "thumbnail");
      assertThat(info.properties())
          .containsEntry("aperio.AppMag", "20")
          .containsEntry("aperio.Left", "1.5")
          .containsEntry("openslide.mpp-x", "0.499")
          .containsEntry("openslide.objective-power", "20")
          .containsEntry("openslide.vendor", "aperio")
          .containsEntry("openslide.level-count", "3")
          .containsEntry("openslide.level[1].downsample", "2");
      RgbImage label = slide.associated("label").orElseThrow();
      assertThat(label.width()).isEqualTo(38);
      assertThat(label.height()).isEqualTo(46);
      assertThat(label.at(37, 45)).isEqualTo(0x202020);
      assertThat(slide.associated("macro").orElseThrow().at(0, 0)).isEqualTo(0x303030);
      assertThat(slide.associated("thumbnail").orElseThrow().at(99, 74)).isEqualTo(0x101010);
      assertThat(slide.associated("barcode")).isEmpty();
    }
  }

  @Test
  void anOmeTiffHasItsSubLevelsAndItsSpacingInMicrons() throws IOException {
    try (Slide slide = open(new OmeTiffFormat(), TestSlides.ome())) {
      assertThat(slide.info().format()).isEqualTo("ome-tiff");
      assertThat(slide.info().levels()).extracting(Level::width).containsExactly(400L, 200L);
      assertThat(slide.info().mpp()).contains(new Mpp(0.25, 0.5));
      assertThat(slide.info().objectivePower()).isEqualTo(OptionalDouble.of(40));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Pixels per unit as a rational, unit (2 inch, 3 centimetre), microns per pixel or 0 for none.
    "40000, 1, 3, 0.25",
    "101600, 1, 2, 0.25",
    "72, 1, 2, 0",
    "96, 1, 2, 0",
    "300, 1, 2, 0",
    "1181102, 10000, 3, 0",
    "28346, 1000, 3, 0",
    "1, 1, 1, 0",
    "0, 0, 3, 0",
    "0, 1, 3, 0",
    "400000000, 1, 3, 0",
  })
  void resolutionTagsAreSpacingOnlyWhereAMicroscopeCanHaveIt(
      long numerator, long denominator, int unit, double expected) throws IOException {
    TestTiff tiff = new TestTiff();
    tiff.add()
        .size(20, 20)
        .tiles(16, 16, TestTiff.Packing.NONE, PLAIN)
        .tag(282, RATIONAL, numerator, denominator)
        .tag(283, RATIONAL, numerator, denominator)
        .tag(296, SHORT, unit);

    try (Slide slide = open(new GenericTiffFormat(), tiff)) {
      Optional<Mpp> mpp = slide.info().mpp();
      assertThat(mpp.map(Mpp::x).orElse(0.0)).isEqualTo(expected);
    }
  }

  @Test
  void onlyReducedDirectoriesStoredAlikeAreLevelsAndTheyAreSorted() throws IOException {
    TestTiff tiff = new TestTiff();
    tiff.add().size(64, 64).tiles(16, 16, TestTiff.Packing.NONE, PLAIN);
    tiff.add().size(16, 16).tiles(16, 16, TestTiff.Packing.NONE, PLAIN).tag(254, LONG, 1);
    tiff.add().size(32, 32).tiles(16, 16, TestTiff.Packing.NONE, PLAIN).tag(254, LONG, 1);
    tiff.add().size(50, 50).tiles(16, 16, TestTiff.Packing.NONE, PLAIN);
    tiff.add().size(24, 24).strips(8, TestTiff.Packing.NONE, PLAIN).tag(254, LONG, 1);

    try (Slide slide = open(new GenericTiffFormat(), tiff)) {
      assertThat(slide.info().levels()).extracting(Level::width).containsExactly(64L, 32L, 16L);
    }
  }

  @Test
  void theIdentityChangesWithTheTablesAndNotWithThePlaceOfTheFile() throws IOException {
    byte[] bytes = TestTiff.coordinates(ByteOrder.LITTLE_ENDIAN, false, 100, 100, 2, 32).bytes();
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    byte[] other = TestTiff.coordinates(ByteOrder.LITTLE_ENDIAN, false, 100, 101, 2, 32).bytes();

    String identity = identity("a.tif", bytes);
    assertThat(identity("b.tif", bytes)).isEqualTo(identity);
    assertThat(identity("a.tif", longer)).isNotEqualTo(identity);
    assertThat(identity("a.tif", other)).isNotEqualTo(identity);
  }

  @Test
  void whatIsNotReadHereIsRefusedInOneSentence() throws IOException {
    assertRefused(directory().tag(258, SHORT, 16, 16, 16), "3 samples of 16 bits");
    assertRefused(directory().tag(339, SHORT, 3).tag(258, SHORT, 32, 32, 32), "floating point");
    assertRefused(directory().tag(277, SHORT, 5), "5 samples a pixel");
    assertRefused(directory().tag(262, SHORT, 3), "palette colours");
    assertRefused(directory().tag(262, SHORT, 6), "YCbCr outside JPEG");
    assertRefused(directory().tag(259, SHORT, 33005), "JPEG 2000 (compression 33005)");
    assertRefused(directory().tag(259, SHORT, 7).tag(284, SHORT, 2), "JPEG in separate planes");
    assertRefused(directory().tag(317, SHORT, 3), "predictor 3");
    assertRefused(directory().tag(322, LONG, 1 << 20).tag(323, LONG, 1 << 20), "64 megapixels");
    assertRefused(directory().tag(256, LONG, 0), "0 x 20");
    assertRefused(directory().text(305, "Philips DP v1.0"), "a Philips TIFF");
    assertRefused(directory().tag(65420, LONG, 1), "a Hamamatsu NDPI");
    assertRefused(directory().text(700, "<iScan Magnification=\"40\"/>"), "a Ventana BIF");
    assertRefused(
        directory().text(270, "<scn xmlns=\"http://www.leica-microsystems.com/scn/2010\">"),
        "a Leica SCN");
    assertRefused(
        directory()
            .text(270, "<OME><Pixels Type=\"uint16\" SizeC=\"4\"/></OME>")
            .tag(277, SHORT, 1),
        "4 channels of uint16 in separate planes; Micromet reads 8-bit RGB");
  }

  private TestTiff last = new TestTiff();

  private TestTiff.Directory directory() {
    last = new TestTiff();
    return last.add().size(20, 20).tiles(16, 16, TestTiff.Packing.NONE, PLAIN);
  }

  private void assertRefused(TestTiff.Directory directory, String words) throws IOException {
    assertThat(directory).isNotNull();
    Verdict verdict = new GenericTiffFormat().examine(new HostileFile("x.tif", last.bytes()));
    assertThat(verdict).isInstanceOf(Verdict.No.class);
    String reason = ((Verdict.No) verdict).reason();
    assertThat(reason).contains(words).doesNotContain("\n");
  }

  private static String identity(String name, byte[] bytes) throws IOException {
    try (Slide slide =
        new GenericTiffFormat().open(new HostileFile(name, bytes), SlideOptions.DEFAULT)) {
      return slide.identity();
    }
  }

  private static Slide open(TiffFormat format, TestTiff tiff) throws IOException {
    HostileFile file = new HostileFile("slide.tif", tiff.bytes());
    assertThat(format.examine(file)).isEqualTo(new Verdict.Yes());
    return format.open(file, SlideOptions.DEFAULT);
  }
}
