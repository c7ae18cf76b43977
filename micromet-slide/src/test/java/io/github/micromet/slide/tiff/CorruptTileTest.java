// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import static io.github.micromet.slide.tiff.TestTiff.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.slide.CorruptSlideException;
import io.github.micromet.slide.Fill;
import io.github.micromet.slide.HostileFile;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A slide of 3 x 2 tiles of 32 pixels, of which one is damaged in many ways. */
class CorruptTileTest {
  private static final int COLOUR = 0x406080;
  private static final int BAD = 4; // column 1, row 1
  private static final Region ALL = new Region(0, 0, 0, 96, 64);
  private static final SlideOptions PINK = SlideOptions.DEFAULT.withFill(new Fill(9, 8, 7));

  @Test
  void aTileCutOffByTheEndOfTheFileIsWhiteAndCounted() throws IOException {
    long size = slide(TestTiff.Packing.NONE).bytes().length;
    TestTiff tiff = new TestTiff();
    tiff.add()
        .size(96, 64)
        .tiles(32, 32, TestTiff.Packing.NONE, (x, y) -> COLOUR)
        .tag(324, LONG, 8, 8, 8, 8, size - 10, 8);

    assertOneFault(tiff.bytes(), "lie beyond the end of the file (" + size);
  }

  @Test
  void aJpegThatIsNoneIsWhiteAndCounted() throws IOException {
    assertOneFault(jpegTile(new byte[] {1, 2, 3, 4, 5, 6}), "start with 102, a JPEG with ffd8");
    assertOneFault(jpegTile(new byte[] {(byte) 0xff, (byte) 0xd8}), "a JPEG of 2 bytes");
  }

  @Test
  void aJpegOfAnotherSizeNeverReachesTheDecoder() throws IOException {
    byte[] absurd = jpeg((x, y) -> COLOUR);
    int frame = frameOf(absurd);
    ByteBuffer.wrap(absurd).putShort(frame + 5, (short) 65000).putShort(frame + 7, (short) 65000);
    assertOneFault(jpegTile(absurd), "its JPEG is 65000 x 65000 x 3 of 8 bits, the tile 32 x 32");

    byte[] grey = jpeg((x, y) -> COLOUR);
    grey[frameOf(grey) + 9] = 1;
    assertOneFault(jpegTile(grey), "its JPEG is 32 x 32 x 1 of 8 bits");
  }

  @Test
  void aJpegCutShortIsRefusedByItsDecoder() throws IOException {
    byte[] jpeg = jpeg((x, y) -> (int) (x * x * 7919 + y * y * 104729) & 0xffffff);
    int frame = frameOf(jpeg);

    assertOneFault(jpegTile(Arrays.copyOf(jpeg, frame - 5)), "runs past its end");
    assertOneFault(jpegTile(Arrays.copyOf(jpeg, frame + 19)), "ends before its pixels");
    assertOneFault(jpegTile(Arrays.copyOf(jpeg, jpeg.length / 2 + 300)), "the decoder refused");
  }

  @Test
  void packedTilesThatAreTooShortOrDamagedAreWhiteAndCounted() throws IOException {
    byte[] half = TestTiff.deflate(new byte[1000]);
    assertOneFault(tile(TestTiff.Packing.DEFLATE, half), "hold 1000 samples of 3072");
    assertOneFault(tile(TestTiff.Packing.DEFLATE, new byte[] {9, 9, 9, 9}), "Deflate");
    assertOneFault(tile(TestTiff.Packing.NONE, new byte[100]), "hold 100 samples of 3072");
  }

  @Test
  void aTileThatClaimsMoreBytesThanItsLayoutHasIsNotRead() throws IOException {
    TestTiff tiff = new TestTiff();
    TestTiff.Directory directory = tiff.add().size(96, 64);
    directory.tiles(32, 32, TestTiff.Packing.NONE, (x, y) -> COLOUR);
    directory.tag(325, LONG, 3072, 3072, 3072, 3072, 2_000_000_000L, 3072);

    assertOneFault(tiff.bytes(), "claims 2000000000 bytes");
  }

  @Test
  void aTileOfNoBytesIsMissingNotCorrupt() throws IOException {
    try (Slide slide = open(tile(TestTiff.Packing.DEFLATE, new byte[0]))) {
      RgbImage image = slide.read(ALL);

      assertThat(image.at(40, 40)).isEqualTo(0x090807);
      assertThat(image.isValid(40, 40)).isFalse();
      assertThat(image.invalidCount()).isEqualTo(32 * 32);
      assertThat(slide.faults()).isEmpty();
    }
  }

  @Test
  void aFileThatShrinksWhileItIsOpenIsAnError() throws IOException {
    HostileFile file = new HostileFile("gone.tif", slide(TestTiff.Packing.NONE).bytes());
    try (Slide slide = new GenericTiffFormat().open(file, PINK)) {
      file.vanishingFrom(1000);

      assertThatThrownBy(() -> slide.read(ALL))
          .isInstanceOf(CorruptSlideException.class)
          .hasMessageContaining("gone.tif: cannot be read");
    }
  }

  @Test
  void aBrokenDiskIsAnErrorWheneverItStrikes() throws IOException {
    byte[] bytes = slide(TestTiff.Packing.JPEG).bytes();
    int strikes = 0;
    for (int good = 0; good < 200; good++) {
      HostileFile file = new HostileFile("disk.tif", bytes).failingAfter(good);
      try (Slide slide = new GenericTiffFormat().open(file, PINK)) {
        slide.read(ALL);
        break;
      } catch (CorruptSlideException | IOException e) {
        assertThat(e).hasMessageContaining("input/output error");
        strikes++;
      }
      assertThat(file.isClosed()).isTrue();
    }
    assertThat(strikes).isBetween(10, 199);
  }

  private static void assertOneFault(byte[] file, String reason) throws IOException {
    try (Slide slide = open(file)) {
      RgbImage image = slide.read(ALL);

      assertThat(image.at(40, 40)).isEqualTo(0xffffff);
      assertThat(image.isValid(40, 40)).isFalse();
      assertThat(image.invalidCount()).isEqualTo(32 * 32);
      assertThat(image.isValid(0, 0)).isTrue();
      assertThat(slide.faults()).hasSize(1);
      assertThat(slide.faults().get(0).column()).isEqualTo(1);
      assertThat(slide.faults().get(0).row()).isEqualTo(1);
      assertThat(slide.faults().get(0).reason()).contains(reason);
    }
  }

  private static Slide open(byte[] file) throws IOException {
    return new GenericTiffFormat().open(new HostileFile("bad.tif", file), PINK);
  }

  private static TestTiff slide(TestTiff.Packing packing) {
    TestTiff tiff = new TestTiff();
    tiff.add().size(96, 64).tiles(32, 32, packing, (x, y) -> COLOUR);
    return tiff;
  }

  private static byte[] tile(TestTiff.Packing packing, byte[] stored) {
    TestTiff tiff = new TestTiff();
    tiff.add().size(96, 64).tiles(32, 32, packing, (x, y) -> COLOUR).stored(BAD, stored);
    return tiff.bytes();
  }

  private static byte[] jpegTile(byte[] stored) {
    return tile(TestTiff.Packing.JPEG, stored);
  }

  private static byte[] jpeg(TestTiff.Pixels pixels) {
    TestTiff tiff = new TestTiff();
    return tiff.add().size(32, 32).tiles(32, 32, TestTiff.Packing.JPEG, pixels).stored(0).clone();
  }

  /** The offset of the start of frame. */
  private static int frameOf(byte[] jpeg) {
    for (int i = 0; i < jpeg.length - 1; i++) {
      if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xc0) {
        return i;
      }
    }
    throw new AssertionError("no frame");
  }
}
