// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.GoldenJson;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LesionMaskTest {
  private static final double LEVEL_6 = 75 / (2 * 0.243 * 64);
  // Both sum in double; only the order of the sums differs.
  private static final double AXIS_TOLERANCE = 1e-9;

  @Test
  void lesionsAreThoseOfScipyAndScikitImage() {
    int compared = 0;
    for (JsonNode c : GoldenJson.read("froc/lesions.json")) {
      String name = c.get("name").textValue();
      TumourMask mask = mask(c.get("mask"));
      LesionMask lesions =
          LesionMask.of(
              mask, value -> value == 1, c.get("growth").doubleValue(), 17.6826, Compat.MONAI);

      assertThat(LabelHash.of(lesions)).as(name).isEqualTo(c.get("labels").textValue());
      assertThat(lesions.blobs())
          .extracting(LesionMask.Blob::cells)
          .as(name)
          .isEqualTo(ints(c, "areas"));
      for (LesionMask.Blob blob : lesions.blobs()) {
        int i = blob.label() - 1;
        JsonNode middle = c.get("middles").get(i);
        assertThat(blob.majorAxis())
            .as(name)
            .isCloseTo(c.get("axes").get(i).doubleValue(), within(AXIS_TOLERANCE));
        assertThat(blob.middleRow())
            .as(name)
            .isCloseTo(middle.get(0).doubleValue(), within(AXIS_TOLERANCE));
        assertThat(blob.middleColumn())
            .as(name)
            .isCloseTo(middle.get(1).doubleValue(), within(AXIS_TOLERANCE));
      }
      assertThat(itcs(lesions)).as(name).isEqualTo(ints(c, "itc"));
      compared++;
    }
    assertThat(compared).isEqualTo(16);
  }

  @Test
  void oneCellGrowsTo21AndIsAsLongAsTheReferenceSays() {
    TumourMask mask = new TumourMask(9, 9, new byte[81]);
    mask.values()[4 * 9 + 4] = 1;

    LesionMask lesions = LesionMask.of(mask, value -> value == 1, LEVEL_6, 17.6826, Compat.MONAI);

    assertThat(lesions.blobs()).singleElement().extracting(LesionMask.Blob::cells).isEqualTo(21);
    assertThat(lesions.blobs().get(0).majorAxis()).isCloseTo(5.0896720822, within(1e-10));
    assertThat(lesions.labelAt(2, 2)).as("corner of the 5 x 5").isZero();
    assertThat(lesions.labelAt(2, 3)).isEqualTo(1);
    assertThat(
            LesionMask.of(mask, value -> value == 1, 1, 17, Compat.MONAI)
                .blobs()
                .get(0)
                .majorAxis())
        .as("one cell has no length: no 1/12")
        .isZero();
  }

  @Test
  void anEmptyMaskHasThePhantomInCompatMonaiOnly() {
    TumourMask mask = new TumourMask(6, 6, new byte[36]);

    LesionMask monai = LesionMask.of(mask, value -> value == 1, LEVEL_6, 17.6826, Compat.MONAI);
    LesionMask correct = LesionMask.of(mask, value -> value == 1, LEVEL_6, 17.6826, Compat.CORRECT);

    List<List<Integer>> cells = new ArrayList<>();
    for (int row = 0; row < 6; row++) {
      for (int column = 0; column < 6; column++) {
        if (monai.labelAt(row, column) != 0) {
          cells.add(List.of(row, column));
        }
      }
    }
    assertThat(cells)
        .containsExactly(List.of(0, 0), List.of(0, 1), List.of(0, 2), List.of(1, 0), List.of(1, 1));
    assertThat(monai.isPhantom()).isTrue();
    assertThat(monai.blobs()).singleElement().matches(LesionMask.Blob::itc);
    assertThat(correct.isPhantom()).isFalse();
    assertThat(correct.blobs()).isEmpty();
    assertThat(correct.labelAt(0, 0)).isZero();
  }

  @Test
  void growthIsTheDistanceToEveryTumourCellTriedOneByOne() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 300; round++) {
      int rows = 1 + random.nextInt(20);
      int columns = 1 + random.nextInt(20);
      TumourMask mask = new TumourMask(rows, columns, new byte[rows * columns]);
      for (int i = random.nextInt(6); i >= 0; i--) {
        mask.values()[random.nextInt(rows * columns)] = 1;
      }
      double limit = random.nextInt(4) == 0 ? random.nextInt(6) : random.nextDouble() * 9;

      GrownTumour grown = GrownTumour.of(mask, value -> value == 1, limit);

      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          assertThat(near(grown, row, column))
              .as("round %d, %d,%d below %s", round, row, column, limit)
              .isEqualTo(nearest(mask, row, column) < limit);
        }
      }
    }
  }

  private static boolean near(GrownTumour grown, int row, int column) {
    int r = row - grown.top();
    int c = column - grown.left();
    return r >= 0
        && r < grown.rows()
        && c >= 0
        && c < grown.columns()
        && grown.near()[r * grown.columns() + c] == 1;
  }

  private static double nearest(TumourMask mask, int row, int column) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int at = 0; at < mask.values().length; at++) {
      if (mask.values()[at] == 1) {
        int down = at / mask.columns() - row;
        int right = at % mask.columns() - column;
        nearest = Math.min(nearest, Math.sqrt(down * down + right * right));
      }
    }
    return nearest;
  }

  private static TumourMask mask(JsonNode rows) {
    int columns = rows.get(0).textValue().length();
    byte[] values = new byte[rows.size() * columns];
    for (int row = 0; row < rows.size(); row++) {
      String text = rows.get(row).textValue();
      for (int column = 0; column < columns; column++) {
        char value = text.charAt(column);
        values[row * columns + column] = (byte) (value == 'Z' ? 255 : value - '0');
      }
    }
    return new TumourMask(rows.size(), columns, values);
  }

  static List<Integer> ints(JsonNode node, String name) {
    List<Integer> ints = new ArrayList<>();
    node.get(name).forEach(each -> ints.add(each.intValue()));
    return ints;
  }

  static List<Integer> itcs(LesionMask lesions) {
    return lesions.blobs().stream()
        .filter(LesionMask.Blob::itc)
        .map(LesionMask.Blob::label)
        .toList();
  }
}
