// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.Golden;
import io.github.micromet.GoldenJson;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AreaZoomTest {
  @Test
  void smallPatchesAreMonaisToTheBit() {
    JsonNode cases = GoldenJson.read("augment/zoom.json");
    for (JsonNode c : cases) {
      byte[] rgb = GoldenPatches.small(c.get("patch").textValue());
      int size = (int) Math.sqrt(rgb.length / 3.0);
      float[] into = new float[rgb.length];
      AreaZoom.zoom(rgb, size, c.get("zoom").doubleValue(), into);

      double[] found = new double[into.length];
      Arrays.setAll(found, i -> into[i]);
      assertThat(found)
          .as("%s", c)
          .isEqualTo(Golden.doubles(Golden.file(c.get("file").textValue())));
    }
    assertThat(cases).hasSize(14);
  }

  @Test
  void patchesOfTheNetworksSizeAreMonaisToTheBit() {
    JsonNode cases = GoldenJson.read("augment/zoom-224.json");
    for (JsonNode c : cases) {
      float[] into = new float[224 * 224 * 3];
      byte[] rgb = GoldenPatches.formula(224, c.get("seed").longValue());
      AreaZoom.zoom(rgb, 224, c.get("zoom").doubleValue(), into);

      ByteBuffer bytes = ByteBuffer.allocate(into.length * 4).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(into);
      assertThat(GoldenPatches.sha256(bytes.array()))
          .as("%s", c)
          .isEqualTo(c.get("sha256").textValue());
    }
    assertThat(cases).hasSize(10);
  }

  @Test
  void fivePixelsZoomedToFourRepeatTheLastRowAndColumn() {
    float[] into = new float[5 * 5 * 3];
    AreaZoom.zoom(GoldenPatches.small("ramp"), 5, 0.9, into);

    assertThat(row(into, 4)).isEqualTo(row(into, 3)).isNotEqualTo(row(into, 2));
    assertThat(into[4 * 3]).isEqualTo(into[3 * 3]).isNotEqualTo(into[2 * 3]);
    assertThat(into[0]).isNotEqualTo(into[3]);
  }

  private static float[] row(float[] rgb, int row) {
    return Arrays.copyOfRange(rgb, row * 15, row * 15 + 15);
  }

  @Test
  void aFactorThatLeavesNoPixelIsRefused() {
    assertThatThrownBy(() -> AreaZoom.zoom(new byte[75], 5, 0.1, new float[75]))
        .hasMessageContaining("zoom 0.1 of 5 pixels");
  }
}
