// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WhiteTilesTest {
  @Test
  void aSlideIsToldAgainOnlyWhenItsNumberHasGrown() {
    Map<String, Integer> counts = new TreeMap<>(Map.of("a.tif", 2));
    WhiteTiles tiles = new WhiteTiles(() -> counts);
    List<String> told = new ArrayList<>();

    tiles.tell((slide, count) -> told.add(slide + " " + count));
    tiles.tell((slide, count) -> told.add(slide + " " + count));
    counts.put("a.tif", 3);
    counts.put("b.tif", 1);
    tiles.tell((slide, count) -> told.add(slide + " " + count));

    assertThat(told).containsExactly("a.tif 2", "a.tif 3", "b.tif 1");
  }
}
