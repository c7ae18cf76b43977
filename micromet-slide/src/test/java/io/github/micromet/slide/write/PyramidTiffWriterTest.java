// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import io.github.micromet.slide.openslide.HostOpenSlide;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PyramidTiffWriterTest {
  private static final PyramidOptions LOSSLESS =
      PyramidOptions.of(new TileCompression.Deflate()).withTile(64);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"300, 200", "257, 129", "129, 511", "64, 64", "1, 70", "321, 5"})
  void everyLevelIsTheMeanOfTheOneBelow(int width, int height) {
    Path file = folder.resolve("a.tif");
    PyramidTiffWriter.write(file, width, height, LOSSLESS, PyramidTiffWriterTest::paint);
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT)) {
      List<Level> levels = slide.info().levels();
      assertThat(levels.get(0).width()).isEqualTo(width);
      RgbImage below = whole(slide, 0);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          assertThat(below.at(x, y)).isEqualTo(colour(x, y));
        }
      }
      for (int i = 1; i < levels.size(); i++) {
        RgbImage here = whole(slide, i);
        assertThat(here.width()).isEqualTo(Math.max(1, below.width() / 2));
        assertThat(here.height()).isEqualTo(Math.max(1, below.height() / 2));
        for (int y = 0; y < here.height(); y++) {
          for (int x = 0; x < here.width(); x++) {
            assertThat(here.at(x, y)).as("level %d (%d, %d)", i, x, y).isEqualTo(mean(below, x, y));
          }
        }
        below = here;
      }
    }
  }

  @Test
  void levelSixHasDownsample64AndTheFileSaysItsSpacing() throws IOException {
    Path file = folder.resolve("a.tif");
    PyramidOptions options =
        PyramidOptions.of(new TileCompression.Jpeg(90))
            .withMpp(new Mpp(0.243, 0.25))
            .withDescription("drawn");
    PyramidTiffWriter.write(file, 1280, 640, options, PyramidTiffWriterTest::paint);
    try (Slide ours = Slides.open(file, SlideOptions.DEFAULT)) {
      assertThat(ours.info().reader()).isEqualTo("micromet");
      assertThat(ours.info().levels()).hasSize(8);
      assertThat(ours.info().level(6).downsample()).isEqualTo(64);
      assertThat(ours.info().mpp().orElseThrow().x()).isBetween(0.24299, 0.24301);
      assertThat(ours.info().mpp().orElseThrow().y()).isBetween(0.24999, 0.25001);
      assertThat(ours.info().properties()).containsEntry("tiff.ImageDescription", "drawn");
    }
  }

  @Test
  void libopenslideSeesTheSamePicture() throws IOException {
    Path file = folder.resolve("a.tif");
    PyramidOptions options =
        PyramidOptions.of(new TileCompression.Jpeg(85)).withMpp(Mpp.of(0.25)).withTile(128);
    PyramidTiffWriter.write(file, 700, 600, options, PyramidTiffWriterTest::paint);
    try (Slide theirs = HostOpenSlide.open(file, SlideOptions.DEFAULT);
        Slide ours = Slides.open(file, SlideOptions.DEFAULT)) {
      assertThat(theirs.info().format()).isEqualTo("generic-tiff");
      assertThat(theirs.info().levels()).hasSameSizeAs(ours.info().levels());
      for (int i = 0; i < 3; i++) {
        assertThat(theirs.info().level(i)).isEqualTo(ours.info().level(i));
        assertThat(difference(whole(theirs, i), whole(ours, i))).isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void jpegTilesAreCloseToWhatWasPainted() {
    Path file = folder.resolve("a.tif");
    PyramidOptions options = PyramidOptions.of(new TileCompression.Jpeg(92)).withTile(128);
    RegionPainter smooth =
        (x0, y0, into) -> {
          for (int y = 0; y < into.height(); y++) {
            for (int x = 0; x < into.width(); x++) {
              into.set(
                  x, y, (int) (60 + (x0 + x) / 4) << 16 | (int) (200 - (y0 + y) / 4) << 8 | 90);
            }
          }
        };
    PyramidTiffWriter.write(file, 300, 300, options, smooth);
    RgbImage painted = new RgbImage(300, 300);
    smooth.paint(0, 0, painted);
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT)) {
      assertThat(difference(whole(slide, 0), painted)).isLessThan(1.5);
    }
  }

  @Test
  void aMaskHoldsItsValuesOnly() {
    Path file = folder.resolve("mask.tif");
    MaskPainter disc =
        (x0, y0, width, height, into) -> {
          for (int i = 0; i < width * height; i++) {
            long dx = x0 + i % width - 310;
            long dy = y0 + i / width - 290;
            into[i] = (byte) (dx * dx + dy * dy < 200 * 200 ? 1 : 0);
          }
        };
    PyramidTiffWriter.writeMask(file, 640, 640, LOSSLESS.withMinimumLevels(7), disc);
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT)) {
      for (Level level : slide.info().levels()) {
        RgbImage image = whole(slide, level.index());
        double ones = 0;
        for (int y = 0; y < image.height(); y++) {
          for (int x = 0; x < image.width(); x++) {
            assertThat(image.at(x, y)).isIn(0, 0x010101);
            ones += image.at(x, y) & 1;
          }
        }
        // The area stays, within the cells on the border, which are few but large at the top.
        double area = ones * level.downsample() * level.downsample();
        double border = 2 * Math.PI * 200 * level.downsample() / 2;
        assertThat(area).isBetween(Math.PI * 40_000 - border, Math.PI * 40_000 + border);
      }
    }
    assertThatThrownBy(
            () ->
                PyramidTiffWriter.writeMask(
                    file, 10, 10, PyramidOptions.of(new TileCompression.Jpeg(80)), disc))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMasksPixelIsTheMostFrequentOfFourAndTheLargerOnATie() {
    byte[] values = {
      0, 0, 0, 1, 1, 0, 1, 2, //
      0, 1, 1, 0, 1, 1, 2, 0
    };
    Path file = folder.resolve("mask.tif");
    PyramidTiffWriter.writeMask(
        file,
        8,
        2,
        LOSSLESS.withMinimumLevels(2),
        (x0, y0, width, height, into) -> System.arraycopy(values, 0, into, 0, values.length));
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT)) {
      RgbImage half = whole(slide, 1);
      assertThat(List.of(half.at(0, 0), half.at(1, 0), half.at(2, 0), half.at(3, 0)))
          .containsExactly(0, 0x010101, 0x010101, 0x020202);
    }
  }

  @ParameterizedTest
  @CsvSource({"640, 640, 7", "1000, 330, 3", "129, 511, 9"})
  void aMaskThatSaysWhereItIsConstantHasTheSamePixels(int width, int height, int levels)
      throws IOException {
    PyramidOptions options = LOSSLESS.withMinimumLevels(levels);
    Path plain = folder.resolve("plain.tif");
    PyramidTiffWriter.writeMask(plain, width, height, options, PyramidTiffWriterTest::square);
    SquareMask painter = new SquareMask();
    Path quick = folder.resolve("quick.tif");
    PyramidTiffWriter.writeMask(quick, width, height, options, painter);

    assertThat(painter.painted).isLessThan((long) width * height / 2);
    assertThat(Files.size(quick)).isLessThan(Files.size(plain));
    try (Slide a = Slides.open(plain, SlideOptions.DEFAULT);
        Slide b = Slides.open(quick, SlideOptions.DEFAULT)) {
      assertThat(b.info().levels()).isEqualTo(a.info().levels());
      for (Level level : a.info().levels()) {
        assertThat(whole(b, level.index()).rgb()).isEqualTo(whole(a, level.index()).rgb());
      }
    }
  }

  @Test
  void aMasksLevelsHaveTheSizesOfTheSlides() {
    // Halves rounded up, a level left out, and one that no halving gives.
    List<Level> slide =
        List.of(level(0, 1001, 643), level(1, 501, 322), level(2, 126, 81), level(3, 40, 27));
    Path file = folder.resolve("mask.tif");

    PyramidTiffWriter.writeMask(
        file, slide, LOSSLESS.withMinimumLevels(6), PyramidTiffWriterTest::square);

    try (Slide mask = Slides.open(file, SlideOptions.DEFAULT)) {
      assertThat(mask.info().levels().stream().map(l -> l.width() + "x" + l.height()))
          .containsExactly("1001x643", "501x322", "126x81", "63x40", "31x20", "15x10");
      RgbImage eighth = whole(mask, 2);
      assertThat(List.of(eighth.at(13, 13), eighth.at(20, 20), eighth.at(38, 38)))
          .containsExactly(0x010101, 0x010101, 0);
    }
  }

  private static Level level(int index, long width, long height) {
    return new Level(index, width, height, 1001.0 / width, 256, 256);
  }

  /** 1 in a square, 2 at the right edge. */
  private static void square(long x0, long y0, int width, int height, byte[] into) {
    for (int i = 0; i < width * height; i++) {
      long x = x0 + i % width;
      long y = y0 + i / width;
      into[i] = (byte) (x >= 100 && x < 300 && y >= 100 && y < 300 ? 1 : x >= 600 ? 2 : 0);
    }
  }

  /** The same, and knows which tiles of 64 have one value. */
  private static final class SquareMask implements MaskPainter {
    private long painted;

    @Override
    public void paint(long x0, long y0, int width, int height, byte[] into) {
      painted += (long) width * height;
      square(x0, y0, width, height, into);
    }

    @Override
    public OptionalInt constant(long x0, long y0, int width, int height) {
      byte[] tile = new byte[width * height];
      square(x0, y0, width, height, tile);
      for (byte value : tile) {
        if (value != tile[0]) {
          return OptionalInt.empty();
        }
      }
      return OptionalInt.of(tile[0]);
    }
  }

  @Test
  void theSameArgumentsGiveTheSameBytesAndNothingElseIsLeft() throws IOException {
    PyramidOptions options = PyramidOptions.of(new TileCompression.Jpeg(80)).withTile(128);
    Path one = folder.resolve("one.tif");
    Path two = folder.resolve("two.tif");
    PyramidTiffWriter.write(one, 500, 400, options, PyramidTiffWriterTest::paint);
    PyramidTiffWriter.write(two, 500, 400, options, PyramidTiffWriterTest::paint);
    assertThat(Files.mismatch(one, two)).isEqualTo(-1);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(one, two);
    }
  }

  @Test
  void aPainterThatFailsLeavesNoFile() throws IOException {
    Path file = folder.resolve("a.tif");
    assertThatThrownBy(
            () ->
                PyramidTiffWriter.write(
                    file,
                    500,
                    400,
                    LOSSLESS,
                    (x0, y0, into) -> {
                      if (x0 > 200) {
                        throw new IllegalStateException("no paint");
                      }
                    }))
        .hasMessage("no paint");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void memoryIsAFewTilesHoweverLargeThePicture() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    PyramidOptions options = PyramidOptions.of(new TileCompression.None()).withTile(256);
    Path file = folder.resolve("large.tif");
    long[] painted = new long[1];
    long before = threads.getCurrentThreadAllocatedBytes();
    PyramidTiffWriter.writeMask(
        file, 16_384, 4_096, options, (x0, y0, w, h, into) -> painted[0] += (long) w * h);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(painted[0]).isEqualTo(64L << 20);
    assertThat(allocated).isLessThan(painted[0] / 8);
  }

  @Test
  void theHeadOfABigTiffIsReadAsTheClassicOne() throws IOException {
    Path file = folder.resolve("big.tif");
    List<LevelTable> levels = LevelTable.pyramid(100, 60, LOSSLESS);
    PyramidOptions options = LOSSLESS.withMpp(Mpp.of(0.5)).withDescription("large");
    try (TileEncoder encoder = new TileEncoder(new TileCompression.Deflate(), 64)) {
      byte[] tile = new byte[64 * 64 * 3];
      Arrays.fill(tile, (byte) 77);
      byte[] stored = encoder.encode(tile);
      for (LevelTable level : levels) {
        Arrays.fill(level.bytes, stored.length); // all share one tile
      }
      TiffHead head = new TiffHead(true, Samples.RGB, options, encoder, levels);
      List<byte[]> parts = new ArrayList<>(List.of(head.bytes(), stored));
      ByteBuffer whole = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
      parts.forEach(whole::put);
      Files.write(file, whole.array());
    }
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT)) {
      assertThat(slide.info().levels()).hasSameSizeAs(levels);
      assertThat(slide.info().mpp()).contains(Mpp.of(0.5));
      assertThat(whole(slide, 1).at(49, 29)).isEqualTo(0x4d4d4d);
      assertThat(whole(slide, 0).at(99, 59)).isEqualTo(0x4d4d4d);
    }
  }

  private static RgbImage whole(Slide slide, int level) {
    Level at = slide.info().level(level);
    return slide.read(new Region(0, 0, level, (int) at.width(), (int) at.height()));
  }

  private static int colour(long x, long y) {
    return (int) ((x * 7 & 0xff) << 16 | (y * 5 & 0xff) << 8 | (x * 3 + y) & 0xff);
  }

  private static void paint(long x0, long y0, RgbImage into) {
    for (int y = 0; y < into.height(); y++) {
      for (int x = 0; x < into.width(); x++) {
        into.set(x, y, colour(x0 + x, y0 + y));
      }
    }
  }

  /** The mean of the four pixels below, half up; a picture one pixel wide repeats itself. */
  private static int mean(RgbImage below, int x, int y) {
    int right = Math.min(2 * x + 1, below.width() - 1);
    int low = Math.min(2 * y + 1, below.height() - 1);
    int colour = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      int sum = 2;
      for (int[] at : new int[][] {{2 * x, 2 * y}, {right, 2 * y}, {2 * x, low}, {right, low}}) {
        sum += below.at(at[0], at[1]) >> shift & 0xff;
      }
      colour |= sum / 4 << shift;
    }
    return colour;
  }

  private static double difference(RgbImage a, RgbImage b) {
    ByteBuffer one = a.rgb();
    ByteBuffer two = b.rgb();
    double sum = 0;
    for (int i = 0; i < one.limit(); i++) {
      sum += Math.abs((one.get(i) & 0xff) - (two.get(i) & 0xff));
    }
    return sum / one.limit();
  }
}
