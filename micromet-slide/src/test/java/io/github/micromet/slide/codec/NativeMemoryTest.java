// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.slide.HostileFile;
import io.github.micromet.slide.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  @Test
  void aHundredTilesLeaveNoNativeObjectBehind() throws Exception {
    byte[] jpeg = JpegEncoder.encode(new RgbImage(64, 64), 90);
    HostileFile file = new HostileFile("tiles", jpeg);
    TileLayout layout = new TileLayout(Codec.JPEG, 64, 64, 3, Photometric.YCBCR, false, false);
    RgbImage heap = new RgbImage(64, 64);
    RgbImage direct = RgbImage.view(ByteBuffer.allocateDirect(64 * 64 * 3), 64, 64);
    try (ScratchPool pool = new ScratchPool()) {
      TileDecoder decoder = TileDecoder.of(layout, new byte[0], pool);
      decode(decoder, file, jpeg.length, heap);
      long before = Pointer.totalCount();

      for (int i = 0; i < 50; i++) {
        decode(decoder, file, jpeg.length, heap);
        decode(decoder, file, jpeg.length, direct);
        JpegEncoder.encode(direct, 90);
      }

      assertThat(Pointer.totalCount()).isEqualTo(before);
    }
  }

  private static void decode(TileDecoder decoder, HostileFile file, int bytes, RgbImage into)
      throws CodecException, IOException {
    decoder.decode(List.of(new StoredBytes(file, 0, bytes)), 64, into);
  }
}
