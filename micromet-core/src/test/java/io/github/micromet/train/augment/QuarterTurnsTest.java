// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuarterTurnsTest {
  @ParameterizedTest
  @CsvSource({"1, rot90-1", "2, rot90-2", "3, rot90-3", "2, flip", "-1, rot90-3", "5, rot90-1"})
  void turnsAndTheFlipOfBothAxesAreMonais(int quarters, String golden) {
    byte[] rgb = GoldenPatches.small("noise");
    QuarterTurns.turn(rgb, 24, quarters);
    assertThat(rgb).isEqualTo(Golden.bytes(Golden.file("augment/" + golden + ".npy")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8})
  void fourQuartersAreNone(int size) {
    byte[] rgb = GoldenPatches.formula(size, 3);
    for (int i = 0; i < 4; i++) {
      QuarterTurns.turn(rgb, size, 1);
    }
    assertThat(rgb).isEqualTo(GoldenPatches.formula(size, 3));
  }

  @Test
  void aTurnGoesCounterClockwise() {
    byte[] corner = new byte[3 * 3 * 3];
    corner[6] = 9; // red of the upper right pixel
    QuarterTurns.turn(corner, 3, 1);
    assertThat(corner[0]).isEqualTo((byte) 9); // upper left
  }
}
