// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.GoldenJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColorJitterTest {
  private static ColorJitter jitter(List<ColorStep> order, JsonNode factors) {
    return new ColorJitter(
        order,
        factors.get(0).doubleValue(),
        factors.get(1).doubleValue(),
        factors.get(2).doubleValue(),
        factors.get(3).doubleValue());
  }

  private static ColorStep step(JsonNode number) {
    return ColorStep.values()[number.intValue()];
  }

  @Test
  void eachStepGivesTorchvisionsPixels() {
    JsonNode cases = GoldenJson.read("augment/jitter-worked.json");
    for (JsonNode c : cases) {
      byte[] rgb = bytes(c.get("rgb"));
      jitter(List.of(step(c.get("step"))), c.get("factors")).apply(rgb);
      assertThat(rgb).as("%s", c).isEqualTo(bytes(c.get("after")));
    }
    assertThat(cases).hasSize(4);
  }

  private static byte[] bytes(JsonNode values) {
    byte[] bytes = new byte[values.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values.get(i).intValue();
    }
    return bytes;
  }

  @Test
  void everyOrderOfTheStepsGivesTorchvisionsBytes() {
    int compared = 0;
    for (JsonNode c : GoldenJson.read("augment/jitter.json")) {
      List<ColorStep> order = new ArrayList<>();
      c.get("order").forEach(number -> order.add(step(number)));
      ColorJitter jitter = jitter(order, c.get("factors"));
      for (Map.Entry<String, JsonNode> small : c.get("small").properties()) {
        byte[] rgb = GoldenPatches.small(small.getKey());
        jitter.apply(rgb);
        assertThat(GoldenPatches.sha256(rgb))
            .as("%s of %s", jitter, small.getKey())
            .isEqualTo(small.getValue().textValue());
        compared++;
      }
      for (Map.Entry<String, JsonNode> large : c.get("formula224").properties()) {
        byte[] rgb = GoldenPatches.formula(224, Long.parseLong(large.getKey()));
        jitter.apply(rgb);
        assertThat(GoldenPatches.sha256(rgb))
            .as("%s of formula %s", jitter, large.getKey())
            .isEqualTo(large.getValue().textValue());
        compared++;
      }
    }
    assertThat(compared).isEqualTo((24 + 6 + 7) * 4 + 24 * 2);
  }

  @Test
  void theHueStepGivesTorchvisionsBytesForEveryColour() {
    JsonNode golden = GoldenJson.read("augment/hue-cube.json");
    ColorJitter jitter =
        new ColorJitter(List.of(ColorStep.HUE), 1, 1, 1, golden.get("hue").doubleValue());
    byte[] rgb = new byte[256 * 256 * 3];
    for (int red = 0; red < 256; red++) {
      for (int i = 0; i < 256 * 256; i++) {
        rgb[i * 3] = (byte) red;
        rgb[i * 3 + 1] = (byte) (i >> 8);
        rgb[i * 3 + 2] = (byte) i;
      }
      jitter.apply(rgb);
      assertThat(GoldenPatches.sha256(rgb))
          .as("red %d", red)
          .isEqualTo(golden.get("sha256").get(red).textValue());
    }
  }

  @Test
  void aStepTwiceOrAFactorOutOfRangeIsRefused() {
    assertThatThrownBy(() -> new ColorJitter(List.of(ColorStep.HUE, ColorStep.HUE), 1, 1, 1, 0))
        .hasMessageContaining("no step twice");
    assertThatThrownBy(() -> new ColorJitter(List.of(), 1, 1, 1, 0.6)).hasMessageContaining("0.6");
    assertThatThrownBy(() -> new ColorJitter(List.of(), -1, 1, 1, 0)).hasMessageContaining("-1.0");
  }
}
