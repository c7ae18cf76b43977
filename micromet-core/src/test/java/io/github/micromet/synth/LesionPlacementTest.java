// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Coordinate;

class LesionPlacementTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void lesionsAreOfTheirKindInTheTissueAndThirtyCellsApart(long seed) {
    SynthOptions options =
        SynthOptions.DEFAULT.withLesions(
            List.of(LesionKind.ITC, LesionKind.MACRO, LesionKind.ITC, LesionKind.MICRO));
    Anatomy anatomy = anatomy(seed, options);
    List<SyntheticLesion> lesions = new LesionPlacement(anatomy, seed, options).place("a");
    assertThat(lesions)
        .extracting(SyntheticLesion::kind)
        .containsExactly(LesionKind.MACRO, LesionKind.MICRO, LesionKind.ITC, LesionKind.ITC);
    assertThat(lesions.get(0).longestUm()).isGreaterThan(2000);
    assertThat(lesions.get(1).longestUm()).isBetween(200.0, 2000.0);
    assertThat(lesions.get(3).longestUm()).isLessThan(200);
    for (SyntheticLesion lesion : lesions) {
      assertThat(lesion.outline().isValid()).isTrue();
      for (Coordinate point : lesion.outline().getCoordinates()) {
        assertThat(anatomy.depth(point.x * 0.25, point.y * 0.25)).isPositive();
      }
      for (SyntheticLesion other : lesions) {
        if (other != lesion) {
          assertThat(other.outline().distance(lesion.outline())).isGreaterThanOrEqualTo(30 * 64);
        }
      }
    }
  }

  @Test
  void aSlideWithoutRoomSaysWhichLesionAndWhatToDo() {
    SynthOptions options =
        SynthOptions.DEFAULT.withSize(4096, 4096).withLesions(List.of(LesionKind.MACRO));
    assertThatThrownBy(
            () -> new LesionPlacement(anatomy(1, options), 1, options).place("tumor_001"))
        .isInstanceOfSatisfying(
            MicrometException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USAGE))
        .hasMessageStartingWith("tumor_001: has no room for lesion 1 (MACRO")
        .hasMessageContaining("4096 x 4096");
  }

  private static Anatomy anatomy(long seed, SynthOptions options) {
    return new Anatomy(seed, options.width() * options.mpp(), options.height() * options.mpp());
  }
}
