// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Coordinate;

class LevelMaskTest {
  private static final int SIDE = 1024;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5, 7})
  void aLevelIsLevelZeroHalvedByTheMostFrequentValue(int level) {
    TruthPolygons truth = blobs(new SplittableRandom(Long.getLong("micromet.seed", 4)));
    byte[] expected = new byte[SIDE * SIDE];
    truth.raster().paint(0, 0, SIDE, SIDE, expected);
    int side = SIDE;
    for (int i = 0; i < level; i++, side /= 2) {
      expected = halved(expected, side);
    }
    assertThat(expected).as("the case has both values").contains(0, 1);

    assertThat(LevelMask.of(truth, level, side, side)).isEqualTo(expected);
  }

  @Test
  void partOfAPixelIsTumourFromHalfOn() {
    // One pixel of level 1 with 2 of 4, one with 1 of 4.
    TruthPolygons truth =
        truth(List.of(ring(0, 0, 2, 0, 2, 1, 0, 1), ring(2, 0, 3, 0, 3, 1, 2, 1)));

    assertThat(LevelMask.of(truth, 1, 1, 2)).containsExactly(1, 0);
  }

  @Test
  void aSlideOfManyGigapixelsTakesWhatItsEdgesTake() {
    TruthPolygons truth =
        truth(List.<Coordinate[]>of(ring(0, 0, 1_000_000, 0, 1_000_000, 1_000_000, 0, 1_000_000)));

    byte[] mask = LevelMask.of(truth, 9, 2000, 2000);

    assertThat(mask[0]).isEqualTo((byte) 1);
    // 64 of its 512 rows: half of the rows at level 7, so tumour there and from there on.
    assertThat(mask[1953 * 2000 + 1952]).isEqualTo((byte) 1);
    assertThat(mask[1954 * 2000 + 1952]).isZero();
    assertThat(mask[1999 * 2000 + 1999]).isZero();
  }

  private static TruthPolygons blobs(SplittableRandom random) {
    List<Coordinate[]> rings = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      double x = random.nextDouble() * SIDE;
      double y = random.nextDouble() * SIDE;
      double size = 10 + random.nextDouble() * 200;
      double[] points = new double[160];
      for (int k = 0; k < 80; k++) {
        double radius = size * (0.5 + random.nextDouble());
        points[2 * k] = x + radius * Math.cos(k * Math.PI / 40);
        points[2 * k + 1] = y + radius * Math.sin(k * Math.PI / 40);
      }
      rings.add(ring(points));
    }
    return truth(rings);
  }

  /** Every third is cut out. */
  private static TruthPolygons truth(List<Coordinate[]> rings) {
    List<Annotation> all = new ArrayList<>();
    for (Coordinate[] ring : rings) {
      String group = all.size() % 3 == 2 ? "_2" : "_0";
      all.add(new Annotation("a", group, Rings.polygon(List.of(ring)).orElseThrow()));
    }
    return new TruthPolygons(all);
  }

  private static Coordinate[] ring(double... xy) {
    Coordinate[] ring = new Coordinate[xy.length / 2];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = new Coordinate(xy[2 * i], xy[2 * i + 1]);
    }
    return ring;
  }

  private static byte[] halved(byte[] from, int side) {
    int half = side / 2;
    byte[] into = new byte[half * half];
    for (int y = 0; y < half; y++) {
      for (int x = 0; x < half; x++) {
        int a = 2 * y * side + 2 * x;
        int ones = from[a] + from[a + 1] + from[a + side] + from[a + side + 1];
        into[y * half + x] = (byte) (ones >= 2 ? 1 : 0);
      }
    }
    return into;
  }
}
