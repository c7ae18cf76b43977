// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.GoldenJson;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SaturationTest {
  @Test
  void everyColourHasScikitImagesSaturationToTheLastBit() throws NoSuchAlgorithmException {
    JsonNode golden = GoldenJson.read("saturation/all-colours.json");
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    ByteBuffer plane = ByteBuffer.allocate(256 * 256 * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (int r = 0; r < 256; r++) {
      plane.clear();
      for (int g = 0; g < 256; g++) {
        for (int b = 0; b < 256; b++) {
          plane.putDouble(Saturation.of(r, g, b));
        }
      }
      digest.update(plane.array());
    }
    String hash = HexFormat.of().formatHex(digest.digest());
    assertThat(hash).isEqualTo(golden.get("sha256").textValue());
  }

  @Test
  void theGoldenSamplesAgreeOneByOne() {
    for (JsonNode sample : GoldenJson.read("saturation/all-colours.json").get("samples")) {
      int r = sample.get("r").intValue();
      int g = sample.get("g").intValue();
      int b = sample.get("b").intValue();
      assertThat(Saturation.of(r, g, b)).isEqualTo(sample.get("saturation").doubleValue());
    }
  }
}
