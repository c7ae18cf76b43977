// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.openslide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.TestData;
import io.github.micromet.slide.ByteSource;
import io.github.micromet.slide.CorruptSlideException;
import io.github.micromet.slide.Fill;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.TileFault;
import io.github.micromet.slide.Verdict;
import io.github.micromet.slide.write.PyramidOptions;
import io.github.micromet.slide.write.PyramidTiffWriter;
import io.github.micromet.slide.write.TileCompression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenSlideFormatTest {
  @TempDir Path folder;

  @Test
  void aLibraryThatIsNotThereIsAValueWithItsReason() throws IOException {
    Path nowhere = folder.resolve("nowhere");
    OpenSlideLibrary library = OpenSlideLibrary.load(Optional.of(nowhere.toString()));
    assertThat(library.status()).isInstanceOf(OpenSlideLibrary.Status.Absent.class);
    assertThat(library.description()).contains(nowhere.toString()).contains("does not exist");

    Path file = Files.writeString(folder.resolve("a.svs"), "no slide");
    try (ByteSource source = ByteSource.of(file)) {
      assertThat(new OpenSlideFormat(library).examine(source))
          .isEqualTo(new Verdict.No(library.description()));
    }
  }

  @Test
  void aFileThatIsNoLibraryIsRefusedWithTheLoadersWords() throws IOException {
    Path text = Files.writeString(folder.resolve("libopenslide.so.1"), "not a library");
    OpenSlideLibrary named = OpenSlideLibrary.load(Optional.of(text.toString()));
    assertThat(named.status()).isInstanceOf(OpenSlideLibrary.Status.Absent.class);
    assertThat(named.description()).contains(text.getFileName().toString());
    OpenSlideLibrary empty =
        OpenSlideLibrary.load(
            Optional.of(Files.createDirectory(folder.resolve("empty")).toString()));
    assertThat(empty.description()).contains("holds none of");
  }

  @Test
  void aFileThatNoVendorMadeIsDeclinedWithTheReason() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "no slide");
    OpenSlideFormat format = new OpenSlideFormat(HostOpenSlide.library());
    try (ByteSource source = ByteSource.of(file)) {
      assertThat(format.examine(source))
          .isInstanceOfSatisfying(
              Verdict.No.class,
              no -> assertThat(no.reason()).startsWith("openslide ").contains("recognise"));
    }
    assertThatThrownBy(() -> HostOpenSlide.open(file, SlideOptions.DEFAULT))
        .isInstanceOf(CorruptSlideException.class)
        .hasMessageContaining("a.txt");
  }

  @Test
  void aSlideWithoutSpacingSaysSoAndTakesOneGiven() throws IOException {
    Path file = TestData.file("slides/tcga-cr-7395-j2k-33005.svs");
    try (Slide slide = HostOpenSlide.open(file, SlideOptions.DEFAULT)) {
      assertThat(slide.info().format()).isEqualTo("aperio");
      assertThat(slide.info().reader()).matches("openslide \\d+\\.\\d+.*");
      assertThat(slide.info().mpp()).isEmpty();
      assertThat(slide.info().objectivePower()).isEmpty();
      assertThat(slide.info().levels()).hasSize(2);
      assertThat(slide.info().width()).isEqualTo(4443);
      RgbImage image = slide.read(new Region(2000, 1500, 0, 224, 224));
      assertThat(image.isAllValid()).isTrue();
      assertThat(image.at(10, 10)).isNotEqualTo(image.at(200, 200));
    }
    SlideOptions given = SlideOptions.DEFAULT.withMpp(Optional.of(Mpp.of(0.25)));
    try (Slide slide = HostOpenSlide.open(file, given)) {
      assertThat(slide.info().mpp()).contains(Mpp.of(0.25));
    }
  }

  @Test
  void hamamatsuFilesAreReadWithTheirPicturesAndSpacing() throws IOException {
    Path file = TestData.file("slides/hamamatsu-dapi.ndpi");
    try (Slide slide = HostOpenSlide.open(file, SlideOptions.DEFAULT)) {
      assertThat(slide.info().format()).isEqualTo("hamamatsu");
      assertThat(slide.info().mpp().orElseThrow().x()).isBetween(0.228, 0.229);
      assertThat(slide.info().associated()).contains("macro");
      assertThat(slide.associated("macro").orElseThrow().width()).isGreaterThan(100);
      assertThat(slide.associated("nothing")).isEmpty();
      assertThat(slide.read(new Region(1000, 1000, 2, 100, 90)).isAllValid()).isTrue();
      assertThat(slide.faults()).isEmpty();
    }
  }

  @Test
  void theIdentityIsTheFilesOwnWhateverItsName() throws IOException {
    Path file = TestData.file("slides/tcga-cr-7395-j2k-33005.svs");
    Path copy = Files.copy(file, folder.resolve("other.svs"));
    try (Slide one = HostOpenSlide.open(file, SlideOptions.DEFAULT);
        Slide two = HostOpenSlide.open(copy, SlideOptions.DEFAULT);
        Slide other =
            HostOpenSlide.open(TestData.file("slides/hamamatsu-dapi.ndpi"), SlideOptions.DEFAULT)) {
      assertThat(one.identity()).matches("[0-9a-f]{64}").isEqualTo(two.identity());
      assertThat(other.identity()).isNotEqualTo(one.identity());
    }
  }

  @Test
  void pixelsOutsideTheSlideHaveTheFillColourAndAreInvalid() throws IOException {
    Path file = coordinates("a.tif", 600, 500);
    SlideOptions red = SlideOptions.DEFAULT.withFill(new Fill(200, 10, 20));
    try (Slide slide = HostOpenSlide.open(file, red)) {
      RgbImage image = slide.read(new Region(-80, -80, 0, 224, 224));
      assertThat(image.at(0, 0)).isEqualTo(0xc80a14);
      assertThat(image.isValid(79, 100)).isFalse();
      assertThat(image.isValid(80, 80)).isTrue();
      assertThat(image.at(80, 80)).isEqualTo(colour(0, 0));
      assertThat(image.invalidCount()).isEqualTo(224 * 224 - 144 * 144);
      RgbImage corner = slide.read(new Region(500, 400, 0, 224, 224));
      assertThat(corner.at(99, 99)).isEqualTo(colour(599, 499));
      assertThat(corner.isValid(100, 99)).isFalse();
      assertThat(corner.isValid(99, 100)).isFalse();
    }
  }

  @Test
  void aRegionOfSeveralSlicesIsTheSameAsManyReads() throws IOException {
    Path file = coordinates("wide.tif", 5000, 2300);
    try (Slide slide = HostOpenSlide.open(file, SlideOptions.DEFAULT)) {
      RgbImage whole = slide.read(new Region(0, 0, 0, 5000, 2300));
      for (int[] at :
          new int[][] {{0, 0}, {4095, 1023}, {4096, 1024}, {4999, 2299}, {4097, 2048}}) {
        assertThat(whole.at(at[0], at[1])).isEqualTo(colour(at[0], at[1]));
      }
      assertThat(whole.isAllValid()).isTrue();
    }
  }

  @Test
  void aTileThatCannotBeReadIsWhiteAndCountedAndTheSlideGoesOn() throws Exception {
    Path file = coordinates("broken.tif", 1024, 1024);
    breakTile(file, 1024 / 256, 1, 2);
    try (Slide slide = HostOpenSlide.open(file, SlideOptions.DEFAULT)) {
      List<Callable<RgbImage>> reads = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        long x0 = i * 13L;
        reads.add(() -> slide.read(new Region(x0, 0, 0, 1024, 1024)));
      }
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        for (Future<RgbImage> read : threads.invokeAll(reads)) {
          assertThat(read.get().at(0, 0) & 0xff).isEqualTo(0);
        }
      } finally {
        threads.shutdown();
      }
      RgbImage image = slide.read(new Region(0, 0, 0, 1024, 1024));
      assertThat(image.at(256, 512)).isEqualTo(0xffffff);
      assertThat(image.isValid(511, 767)).isFalse();
      assertThat(image.at(255, 512)).isEqualTo(colour(255, 512));
      assertThat(image.at(512, 767)).isEqualTo(colour(512, 767));
      assertThat(image.invalidCount()).isEqualTo(256 * 256);
      assertThat(slide.faults()).hasSize(1);
      TileFault fault = slide.faults().get(0);
      assertThat(List.of(fault.level(), fault.column(), fault.row(), fault.x0(), fault.y0()))
          .containsExactly(0, 1L, 2L, 256L, 512L);
      assertThat(fault.width0()).isEqualTo(256);
      assertThat(fault.reason()).isNotBlank();
    }
  }

  @Test
  void aClosedSlideSaysSo() throws IOException {
    Slide slide = HostOpenSlide.open(coordinates("closed.tif", 300, 300), SlideOptions.DEFAULT);
    slide.close();
    assertThatThrownBy(() -> slide.read(new Region(0, 0, 0, 10, 10)))
        .isInstanceOf(IllegalStateException.class);
  }

  private static int colour(long x, long y) {
    return (int) ((x & 0xff) << 16 | (y & 0xff) << 8 | (x >> 8) * 16 + (y >> 8) & 0xff);
  }

  /** A lossless slide whose pixels say where they are. */
  private Path coordinates(String name, int width, int height) {
    Path file = folder.resolve(name);
    PyramidOptions options = PyramidOptions.of(new TileCompression.Deflate()).withTile(256);
    PyramidTiffWriter.write(
        file,
        width,
        height,
        options,
        (x0, y0, into) -> {
          for (int y = 0; y < into.height(); y++) {
            for (int x = 0; x < into.width(); x++) {
              into.set(x, y, colour(x0 + x, y0 + y));
            }
          }
        });
    return file;
  }

  /** Overwrites the bytes of one level-0 tile; its offset is the tag 324 of a classic TIFF. */
  private static void breakTile(Path file, int columns, int column, int row) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < bytes.getShort(8); i++) {
      int entry = 10 + 12 * i;
      if (bytes.getShort(entry) == 324) {
        int table = bytes.getInt(entry + 8);
        int tile = bytes.getInt(table + 4 * (row * columns + column));
        bytes.put(tile, "this is no zlib stream".getBytes(StandardCharsets.US_ASCII));
      }
    }
    Files.write(file, bytes.array());
  }
}
