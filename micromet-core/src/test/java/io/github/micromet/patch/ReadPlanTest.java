// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.CoordinateTiles;
import io.github.micromet.GoldenJson;
import io.github.micromet.grid.Band;
import io.github.micromet.grid.CellBlock;
import io.github.micromet.grid.Grid;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.TileFault;
import io.github.micromet.tissue.TissueMask;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadPlanTest {
  @Test
  void eachTissueCellHasOneWindowInRowMajorOrder() {
    SlideInfo info = info(600, 400);
    TissueMask mask = mask(new Grid(6, 9, 64), 3, 9, 10, 53);

    ReadPlan plan = ReadPlan.patches(mask, info, 0, 224);

    assertThat(plan.windows())
        .containsExactly(
            new Window(112, -80, 224, CellBlock.single(0, 3)),
            new Window(-80, -16, 224, CellBlock.single(1, 0)),
            new Window(-16, -16, 224, CellBlock.single(1, 1)),
            new Window(432, 240, 224, CellBlock.single(5, 8)));
  }

  @Test
  void rowsAreYAndColumnsAreX() {
    // 64 wide x 48 high, downsample 8; tissue at x 40..55, y 8..23 (inference, worked example).
    List<Level> levels = List.of(new Level(0, 64, 48, 1, 16, 16), new Level(1, 8, 6, 8, 16, 16));
    SlideInfo info = CoordinateTiles.of(levels).info();
    Grid grid = Grid.ofLevel(info.level(1));
    BitSet cells = new BitSet();
    for (int row = 1; row < 3; row++) {
      cells.set(grid.index(row, 5), grid.index(row, 7));
    }

    ReadPlan plan = ReadPlan.patches(new TissueMask(grid, cells, List.of()), info, 0, 6);

    assertThat(grid).isEqualTo(new Grid(6, 8, 8));
    assertThat(plan.windows())
        .contains(new Window(41, 9, 6, CellBlock.single(1, 5)))
        .extracting(Window::fills)
        .containsExactly(
            CellBlock.single(1, 5),
            CellBlock.single(1, 6),
            CellBlock.single(2, 5),
            CellBlock.single(2, 6));
  }

  @Test
  void aCoarserPatchLevelWidensTheWindowAtLevel0() {
    SlideInfo info = CoordinateTiles.of(2048, 2048, 2, 256).info();
    TissueMask mask = mask(new Grid(32, 32, 64), 0);

    Window window = ReadPlan.patches(mask, info, 1, 224).windows().get(0);

    assertThat(window).isEqualTo(new Window(32 - 224, 32 - 224, 224, CellBlock.single(0, 0)));
  }

  @Test
  void slidingWindowsAreWhereTheReferenceHasThem() {
    int compared = 0;
    for (JsonNode c : GoldenJson.read("sliding/cases.json")) {
      JsonNode patch = c.get("patch");
      JsonNode overlap = c.get("overlap");
      if (!patch.get(0).equals(patch.get(1)) || !overlap.get(0).equals(overlap.get(1))) {
        continue; // windows are square here
      }
      int size = patch.get(0).intValue();
      Stride stride =
          c.get("overlapIsFraction").booleanValue()
              ? new Stride.Overlap(overlap.get(0).doubleValue())
              : new Stride.Pixels(size - overlap.get(0).longValue());
      SlideInfo info = info(c.get("width").longValue(), c.get("height").longValue());
      long firstY = c.get("offset").get(0).longValue();
      long firstX = c.get("offset").get(1).longValue();

      ReadPlan plan = ReadPlan.sliding(info, 0, size, stride, firstX, firstY, Optional.empty());

      List<List<Long>> expected = new ArrayList<>();
      c.get("positions")
          .forEach(p -> expected.add(List.of(p.get(0).longValue(), p.get(1).longValue())));
      assertThat(plan.windows())
          .as("%s", c)
          .extracting(w -> List.of(w.y0(), w.x0()))
          .containsExactlyElementsOf(expected);
      compared++;
    }
    assertThat(compared).isGreaterThan(10);
  }

  @Test
  void aSlidingWindowsCellIsCentredOnIt() {
    for (Stride stride : List.of(new Stride.Pixels(100), new Stride.Overlap(0.3))) {
      ReadPlan plan = ReadPlan.sliding(info(900, 700), 0, 225, stride, Optional.empty());
      for (Window window : plan.windows()) {
        CellBlock cell = window.fills();
        assertThat(plan.grid().centreX0(cell.column())).isEqualTo(window.x0() + 112.5);
        assertThat(plan.grid().centreY0(cell.row())).isEqualTo(window.y0() + 112.5);
      }
      assertThat(plan.windows()).hasSize(plan.grid().cells());
    }
  }

  @Test
  void slidingWindowsMayBeKeptToTissueByTheirCentre() {
    TissueMask mask = mask(new Grid(4, 4, 100), 5); // x, y 100..199
    ReadPlan plan =
        ReadPlan.sliding(info(400, 400), 0, 100, new Stride.Pixels(50), Optional.of(mask));

    assertThat(plan.windows())
        .extracting(w -> List.of(w.x0(), w.y0()))
        .containsExactly(
            List.of(50L, 50L), List.of(100L, 50L), List.of(50L, 100L), List.of(100L, 100L));
    assertThat(plan.grid()).isEqualTo(new Grid(7, 7, 50, 25, 25));
  }

  @Test
  void stridesAndOffsetsThatReachNothingAreRefused() {
    assertThatThrownBy(() -> new Stride.Overlap(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Stride.Pixels(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                ReadPlan.sliding(
                    info(400, 400), 0, 100, new Stride.Pixels(50), 301, 0, Optional.empty()))
        .hasMessageContaining("from 301 on");
  }

  @Test
  void bandsShareTheWindowsOutWithoutLossOrOverlap() {
    Grid grid = new Grid(50, 20, 64);
    BitSet cells = new BitSet();
    for (int at = 0; at < grid.cells(); at += 7) {
      if (at / 20 % 9 > 2) { // some rows, and so some bands, have none
        cells.set(at);
      }
    }
    ReadPlan plan =
        ReadPlan.patches(new TissueMask(grid, cells, List.of()), info(1280, 3200), 0, 224);

    List<Window> all = new ArrayList<>();
    for (Band band : grid.bands(3)) {
      assertThat(plan.in(band)).allMatch(w -> band.holds(w.fills().row()));
      all.addAll(plan.in(band));
    }
    assertThat(all).isEqualTo(plan.windows());
  }

  @Test
  void aPlanOutOfOrderIsRefused() {
    Window first = new Window(0, 0, 10, CellBlock.single(0, 0));
    Window second = new Window(0, 0, 10, CellBlock.single(0, 1));
    assertThatThrownBy(() -> new ReadPlan(new Grid(2, 2, 64), 0, 10, List.of(second, first)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBadTileNamesTheWindowsThatHaveItsPixels() {
    SlideInfo info = info(1024, 1024);
    ReadPlan plan = ReadPlan.sliding(info, 0, 128, new Stride.Pixels(128), Optional.empty());
    TileFault fault = new TileFault(0, 1, 1, 256, 256, 256, 256, "bad");

    assertThat(plan.touching(fault, info))
        .extracting(w -> List.of(w.x0(), w.y0()))
        .containsExactly(
            List.of(256L, 256L), List.of(384L, 256L), List.of(256L, 384L), List.of(384L, 384L));
    TileFault elsewhere = new TileFault(1, 1, 1, 256, 256, 256, 256, "bad");
    assertThat(plan.touching(elsewhere, info)).isEmpty();
  }

  private static SlideInfo info(long width, long height) {
    return CoordinateTiles.of(width, height, 1, 256).info();
  }

  private static TissueMask mask(Grid grid, int... cells) {
    BitSet set = new BitSet();
    for (int cell : cells) {
      set.set(cell);
    }
    return new TissueMask(grid, set, List.of());
  }
}
