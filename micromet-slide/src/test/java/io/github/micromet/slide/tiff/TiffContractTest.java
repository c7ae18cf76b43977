// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import static io.github.micromet.slide.tiff.TestTiff.LONG;
import static io.github.micromet.slide.tiff.TestTiff.SHORT;

import com.github.luben.zstd.Zstd;
import io.github.micromet.CoordinateTiles;
import io.github.micromet.slide.HostileFile;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideContract;
import io.github.micromet.slide.SlideOptions;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** Every way in which a TIFF can store the same pixels keeps the contract of slides. */
class TiffContractTest {
  private static Slide open(TiffFormat format, TestTiff tiff, SlideOptions options)
      throws IOException {
    return format.open(new HostileFile("coordinates.tif", tiff.bytes()), options);
  }

  @Nested
  class ClassicLittleEndian extends SlideContract {
    @Override
    protected Slide open(SlideOptions options) throws IOException {
      return TiffContractTest.open(
          new GenericTiffFormat(),
          TestTiff.coordinates(ByteOrder.LITTLE_ENDIAN, false, 301, 257, 4, 48),
          options);
    }
  }

  @Nested
  class BigTiffBigEndian extends SlideContract {
    @Override
    protected Slide open(SlideOptions options) throws IOException {
      return TiffContractTest.open(
          new GenericTiffFormat(),
          TestTiff.coordinates(ByteOrder.BIG_ENDIAN, true, 301, 257, 4, 64),
          options);
    }
  }

  @Nested
  class Strips extends SlideContract {
    @Override
    protected Slide open(SlideOptions options) throws IOException {
      TestTiff tiff = new TestTiff();
      tiff.add()
          .size(205, 130)
          .strips(7, TestTiff.Packing.NONE, (x, y) -> CoordinateTiles.colour(0, x, y));
      tiff.add()
          .size(102, 65)
          .strips(7, TestTiff.Packing.DEFLATE, (x, y) -> CoordinateTiles.colour(1, x, y))
          .tag(254, LONG, 1);
      return TiffContractTest.open(new GenericTiffFormat(), tiff, options);
    }
  }

  @Nested
  class PlanarWithPredictorAndZstd extends SlideContract {
    @Override
    protected Slide open(SlideOptions options) throws IOException {
      TestTiff tiff = new TestTiff(ByteOrder.BIG_ENDIAN, false);
      for (int level = 0; level < 3; level++) {
        TestTiff.Directory directory =
            tiff.add()
                .size(160 >> level, 120 >> level)
                .tag(259, SHORT, 50000)
                .tag(284, SHORT, 2)
                .tag(317, SHORT, 2)
                .tag(322, LONG, 32)
                .tag(323, LONG, 16)
                .stored(true, planes(level, 160 >> level, 120 >> level));
        if (level > 0) {
          directory.tag(254, LONG, 1);
        }
      }
      return TiffContractTest.open(new GenericTiffFormat(), tiff, options);
    }

    private List<byte[]> planes(int level, int width, int height) {
      List<byte[]> all = new ArrayList<>();
      for (int shift = 16; shift >= 0; shift -= 8) {
        for (int y = 0; y < height; y += 16) {
          for (int x = 0; x < width; x += 32) {
            byte[] plane = new byte[32 * 16];
            for (int i = plane.length - 1; i >= 0; i--) {
              int here = CoordinateTiles.colour(level, x + i % 32, y + i / 32) >> shift;
              int left = CoordinateTiles.colour(level, x + i % 32 - 1, y + i / 32) >> shift;
              plane[i] = (byte) (i % 32 == 0 ? here : here - left);
            }
            all.add(Zstd.compress(plane));
          }
        }
      }
      return all;
    }
  }

  @Nested
  class Aperio extends SlideContract {
    @Override
    protected Slide open(SlideOptions options) throws IOException {
      return TiffContractTest.open(new AperioFormat(), TestSlides.aperio(), options);
    }
  }

  @Nested
  class OmeWithSubDirectories extends SlideContract {
    @Override
    protected Slide open(SlideOptions options) throws IOException {
      return TiffContractTest.open(new OmeTiffFormat(), TestSlides.ome(), options);
    }
  }
}
