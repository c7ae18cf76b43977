// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.GoldenJson;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.Level;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GridTest {
  @Test
  void windowsBeginWhereTheReferenceHasThem() {
    JsonNode golden = GoldenJson.read("locations/ratios.json");
    assertThat(golden.size()).isPositive();
    for (JsonNode c : golden) {
      Grid grid = new Grid(200, 200, c.get("ratio").doubleValue());
      int row = c.get("row").intValue();
      double size = c.get("size").doubleValue();
      assertThat(grid.windowY0(row, size)).as("%s", c).isEqualTo(c.get("expected").longValue());
      assertThat(grid.windowX0(row, size)).as("%s", c).isEqualTo(c.get("expected").longValue());
    }
  }

  @Test
  void cornersRoundHalfToEvenAndStayNegative() {
    Grid odd = new Grid(10, 10, 3);
    assertThat(odd.windowY0(0, 224)).isEqualTo(-110);
    assertThat(odd.windowY0(1, 224)).isEqualTo(-108);
    assertThat(odd.windowY0(2, 224)).isEqualTo(-104);
    assertThat(new Grid(10, 10, 64).windowX0(0, 224)).isEqualTo(-80);
    assertThat(new Grid(10, 10, 64).windowX0(2, 225)).isEqualTo(48);
  }

  @Test
  void theRatioIsTheMeanOfBothAxesRatios() {
    double downsample = (981 / 15.0 + 1767 / 27.0) / 2;
    Grid grid = Grid.ofLevel(new Level(6, 15, 27, downsample, 512, 512));

    assertThat(grid.rows()).isEqualTo(27);
    assertThat(grid.columns()).isEqualTo(15);
    assertThat(grid.cellPx()).isEqualTo(65.42222222222222);
    assertThat(grid.windowY0(26, 224)).isEqualTo(1622);
  }

  @Test
  void edgesAndCentresInvertToTheirCells() {
    Grid grid = new Grid(30, 40, 65.42222222222222, -7.25, 3.5);
    for (int column = 0; column < 40; column++) {
      assertThat(grid.columnAt(grid.centreX0(column))).isEqualTo(column);
      assertThat(grid.edgeX0(column + 1) - grid.edgeX0(column)).isCloseTo(65.4222, within());
    }
    for (int row = 0; row < 30; row++) {
      assertThat(grid.rowAt(grid.centreY0(row))).isEqualTo(row);
    }
    assertThat(grid.columnAt(-7.26)).isEqualTo(-1);
    assertThat(grid.rowAt(3.49)).isEqualTo(-1);
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-3);
  }

  @Test
  void coveringCellsOverhangByLessThanOne() {
    assertThat(Grid.covering(2220, 2967, 64)).isEqualTo(new Grid(47, 35, 64));
    assertThat(Grid.covering(64, 128, 64)).isEqualTo(new Grid(2, 1, 64));
    assertThat(Grid.covering(1, 1, 1 << 20)).isEqualTo(new Grid(1, 1, 1 << 20));
  }

  @Test
  void bandsTakeEveryRowOnce() {
    Grid grid = new Grid(10, 3, 64);
    assertThat(grid.bands(4))
        .containsExactly(new Band(0, 0, 4), new Band(1, 4, 4), new Band(2, 8, 2));
    assertThat(grid.bands(100)).containsExactly(new Band(0, 0, 10));
    assertThat(grid.bands(4).get(1).holds(7)).isTrue();
    assertThat(grid.bands(4).get(1).holds(8)).isFalse();
    assertThatThrownBy(() -> grid.bands(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aGridOfMoreCellsThanOneMapHoldsIsRefusedWithTheCure() {
    assertThatThrownBy(() -> Grid.ofLevel(new Level(0, 100_000, 100_000, 1, 512, 512)))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("100000 by 100000 cells");
    assertThatThrownBy(() -> Grid.covering(1L << 40, 1L << 40, 1))
        .isInstanceOf(MicrometException.class);
  }
}
