// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.github.micromet.slide.HostileFile;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * YCbCr JPEG tiles of every subsampling that scanners and converters write, whole or with shared
 * tables, against the JDK's own decoder.
 */
class JpegSubsamplingTest {
  private static final int WIDTH = 150;
  private static final int HEIGHT = 90;

  // No multiple of the largest block, 32 x 8 and 16 x 16: the last ones are cut.
  private static final int TILE_WIDTH = 80;
  private static final int TILE_HEIGHT = 40;

  /**
   * Decoders may blend the coarser chroma or repeat it, and both are right. Measured against a JDK
   * built with libjpeg-turbo: 0; one with libjpeg 6b passes too.
   */
  private static final double TOLERANCE = 1;

  @ParameterizedTest
  @CsvSource({
    "444, 1, 1, false",
    "444, 1, 1, true",
    "422, 2, 1, false",
    "422, 2, 1, true",
    "420, 2, 2, false",
    "420, 2, 2, true",
    "440, 1, 2, false",
    "440, 1, 2, true",
    "411, 4, 1, false",
    "411, 4, 1, true"
  })
  void chromaOfAnySubsamplingIsDecodedAsTheJdkDecodesIt(
      String name, int across, int down, boolean sharedTables) throws IOException {
    List<byte[]> streams = new ArrayList<>();
    for (int y = 0; y < HEIGHT; y += TILE_HEIGHT) {
      for (int x = 0; x < WIDTH; x += TILE_WIDTH) {
        streams.add(encode(x, y, across, down));
      }
    }
    assertThat(luma(streams.get(0))).as("sampling factors").isEqualTo(across << 4 | down);
    byte[] file = tiff(streams, across, down, sharedTables).bytes();
    try (Slide slide = Slides.open(new HostileFile(name + ".tif", file), SlideOptions.DEFAULT)) {
      RgbImage found = slide.read(new Region(0, 0, 0, WIDTH, HEIGHT));
      assertThat(slide.faults()).isEmpty();
      assertThat(found.isAllValid()).isTrue();
      assertThat(difference(found, streams)).isLessThanOrEqualTo(TOLERANCE);
    }
  }

  private static TestTiff tiff(List<byte[]> streams, int across, int down, boolean sharedTables) {
    TestTiff tiff = new TestTiff();
    TestTiff.Directory directory =
        tiff.add()
            .size(WIDTH, HEIGHT)
            .tag(259, TestTiff.SHORT, 7)
            .tag(262, TestTiff.SHORT, 6)
            .tag(322, TestTiff.LONG, TILE_WIDTH)
            .tag(323, TestTiff.LONG, TILE_HEIGHT)
            .tag(530, TestTiff.SHORT, across, down);
    if (!sharedTables) {
      directory.stored(true, streams);
    } else {
      directory
          .raw(347, TestTiff.UNDEFINED, part(streams.get(0), true))
          .stored(true, streams.stream().map(s -> part(s, false)).toList());
    }
    return tiff;
  }

  /** Hue turns slowly, brightness faster, as in stained tissue; 0xRRGGBB. */
  private static int colour(int x, int y) {
    double hue = x / 46.0 + y / 62.0;
    double light = 128 + 30 * Math.sin(x / 5.0) * Math.cos(y / 7.0);
    int red = (int) (light + 80 * Math.sin(hue));
    int green = (int) (light + 80 * Math.sin(hue + 2.1));
    int blue = (int) (light + 80 * Math.sin(hue + 4.2));
    return red << 16 | green << 8 | blue;
  }

  /** One tile as a whole JPEG, luma sampled across x down times as often as chroma. */
  private static byte[] encode(int left, int top, int across, int down) {
    byte[] bgr = new byte[TILE_WIDTH * TILE_HEIGHT * 3];
    for (int i = 0; i < TILE_WIDTH * TILE_HEIGHT; i++) {
      int colour = colour(left + i % TILE_WIDTH, top + i / TILE_WIDTH);
      for (int c = 0; c < 3; c++) {
        bgr[i * 3 + c] = (byte) (colour >> 8 * c);
      }
    }
    int[] options = {
      opencv_imgcodecs.IMWRITE_JPEG_QUALITY,
      90,
      opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR,
      across << 20 | down << 16 | 0x1111
    };
    try (PointerScope scope = new PointerScope()) {
      Mat picture = new Mat(TILE_HEIGHT, TILE_WIDTH, CV_8UC3, new BytePointer(bgr));
      BytePointer out = new BytePointer();
      assertThat(opencv_imgcodecs.imencode(".jpg", picture, out, new IntPointer(options))).isTrue();
      byte[] stream = new byte[Math.toIntExact(out.limit())];
      out.get(stream);
      return stream;
    }
  }

  /**
   * What libtiff keeps in JPEGTables (the quantisation and Huffman tables between a start and an
   * end marker), or the rest of the stream.
   */
  private static byte[] part(byte[] stream, boolean tables) {
    ByteBuffer bytes = ByteBuffer.wrap(stream);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(stream, 0, 2);
    int at = 2;
    int marker = bytes.get(at + 1) & 0xff;
    while (marker != 0xda) {
      int length = 2 + (bytes.getShort(at + 2) & 0xffff);
      if ((marker == 0xdb || marker == 0xc4) == tables) {
        out.write(stream, at, length);
      }
      at += length;
      marker = bytes.get(at + 1) & 0xff;
    }
    if (tables) {
      out.write(stream, stream.length - 2, 2);
    } else {
      out.write(stream, at, stream.length - at);
    }
    return out.toByteArray();
  }

  /** The sampling factors of the first component, 0xHV. */
  private static int luma(byte[] stream) {
    ByteBuffer bytes = ByteBuffer.wrap(stream);
    int at = 2;
    while ((bytes.get(at + 1) & 0xff) != 0xc0) {
      at += 2 + (bytes.getShort(at + 2) & 0xffff);
    }
    return bytes.get(at + 11);
  }

  /** Mean absolute difference from the JDK's pixels of the whole streams, in grey levels. */
  private static double difference(RgbImage found, List<byte[]> streams) throws IOException {
    List<BufferedImage> expected = new ArrayList<>();
    for (byte[] stream : streams) {
      expected.add(ImageIO.read(new ByteArrayInputStream(stream)));
    }
    int columns = (WIDTH + TILE_WIDTH - 1) / TILE_WIDTH;
    long sum = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        BufferedImage tile = expected.get(y / TILE_HEIGHT * columns + x / TILE_WIDTH);
        int one = tile.getRGB(x % TILE_WIDTH, y % TILE_HEIGHT);
        int two = found.at(x, y);
        for (int c = 0; c < 24; c += 8) {
          sum += Math.abs((one >> c & 0xff) - (two >> c & 0xff));
        }
      }
    }
    return sum / (3.0 * WIDTH * HEIGHT);
  }
}
