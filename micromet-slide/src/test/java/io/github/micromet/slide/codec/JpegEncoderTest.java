// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.github.micromet.slide.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class JpegEncoderTest {
  @Test
  void anIndependentDecoderReadsTheColoursInTheirOrder() throws IOException {
    RgbImage tile = new RgbImage(48, 32);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 48; x++) {
        tile.set(x, y, (200 - x) << 16 | (40 + y) << 8 | 20);
      }
    }

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(JpegEncoder.encode(tile, 95)));

    assertThat(read.getWidth()).isEqualTo(48);
    assertThat(read.getHeight()).isEqualTo(32);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 48; x++) {
        int rgb = read.getRGB(x, y);
        assertThat(rgb >> 16 & 0xff).isCloseTo(200 - x, offset(6));
        assertThat(rgb >> 8 & 0xff).isCloseTo(40 + y, offset(6));
        assertThat(rgb & 0xff).isCloseTo(20, offset(6));
      }
    }
  }

  @Test
  void theStreamIsBaselineWithHalvedChromaAndTheSameEachTime() {
    RgbImage tile = new RgbImage(64, 64);

    byte[] once = JpegEncoder.encode(tile, 85);

    // Start of frame 0, 17 bytes, 8 bits, 64 x 64, 3 components, the first sampled 2 x 2.
    assertThat(HexFormat.of().formatHex(once)).contains("ffc0001108004000400301220");
    assertThat(JpegEncoder.encode(tile, 85)).isEqualTo(once);
  }

  @Test
  void aQualityOutsideItsScaleIsRefused() {
    assertThatThrownBy(() -> JpegEncoder.encode(new RgbImage(8, 8), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1..100");
  }
}
