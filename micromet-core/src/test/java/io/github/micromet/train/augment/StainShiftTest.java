// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.Golden;
import io.github.micromet.GoldenJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class StainShiftTest {
  @Test
  void stainsAreTakenApartAndPutTogetherAsByScikitImage() {
    JsonNode cases = GoldenJson.read("augment/stain.json");
    for (JsonNode c : cases) {
      byte[] rgb = GoldenPatches.small(c.get("patch").textValue());
      StainShift shift =
          new StainShift(
              GoldenPatches.doubles(c.get("scales")), GoldenPatches.doubles(c.get("offsets")));
      shift.apply(rgb);
      assertThat(rgb).as("%s", c).isEqualTo(Golden.bytes(Golden.file(c.get("file").textValue())));
    }
    assertThat(cases).hasSize(5);
  }

  @Test
  void eachStainNeedsItsNumbers() {
    assertThatThrownBy(() -> new StainShift(List.of(1.0, 1.0), List.of(0.0, 0.0, 0.0)))
        .hasMessageContaining("three stains");
  }
}
