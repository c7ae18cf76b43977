// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.micromet.GoldenJson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** The reference's random decisions, repeated transform by transform from its seed. */
class ReferenceStreamsTest {
  private static final JsonNode GOLDEN = GoldenJson.read("augment/streams.json");

  @Test
  void numbersAreNumpys() {
    for (JsonNode c : GOLDEN.get("numpy")) {
      long seed = c.get("seed").longValue();
      NumpyRandomState sample = new NumpyRandomState(seed);
      draw(690, sample::rand);
      assertThat(draw(10, sample::rand)).isEqualTo(GoldenPatches.doubles(c.get("random_sample")));
      NumpyRandomState uniform = new NumpyRandomState(seed);
      assertThat(draw(5, () -> uniform.uniform(0.9, 1.1)))
          .isEqualTo(GoldenPatches.doubles(c.get("uniform")));
      NumpyRandomState whole = new NumpyRandomState(seed);
      assertThat(draw(20, () -> whole.randint(3)))
          .isEqualTo(GoldenPatches.doubles(c.get("randint3")));
      assertThat(draw(5, whole::uint32)).isEqualTo(GoldenPatches.doubles(c.get("uint32")));
    }
    assertThat(GOLDEN.get("numpy")).hasSize(4);
  }

  private static List<Double> draw(int count, DoubleSupplier from) {
    List<Double> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(from.getAsDouble());
    }
    return drawn;
  }

  /**
   * RandFlip draws once a call; RandRotate90 draws its turns before it decides, and always both;
   * RandZoom's outer decision and inner factor come from two streams of the same seed, of which the
   * inner one draws a decision that is thrown away.
   */
  @Test
  void decisionsOfTwentyCallsAreMonais() {
    for (JsonNode c : GOLDEN.get("compose")) {
      NumpyRandomState compose = new NumpyRandomState(c.get("seed").longValue());
      List<Long> seeds = List.of(compose.uint32(), compose.uint32(), compose.uint32());
      assertThat(seeds.stream().map(s -> (double) s).toList())
          .isEqualTo(GoldenPatches.doubles(c.get("children")));
      NumpyRandomState flip = new NumpyRandomState(seeds.get(0));
      NumpyRandomState turn = new NumpyRandomState(seeds.get(1));
      NumpyRandomState zoom = new NumpyRandomState(seeds.get(2));
      NumpyRandomState inner = new NumpyRandomState(seeds.get(2));
      for (JsonNode call : c.get("calls")) {
        assertThat(flip.rand() < 0.5).isEqualTo(call.get("flip").booleanValue());
        assertThat(turn.randint(3) + 1).isEqualTo(call.get("k").intValue());
        assertThat(turn.rand() < 0.5).isEqualTo(call.get("turn").booleanValue());
        assertThat(zoom.rand() < 0.5).isEqualTo(call.get("zoom").booleanValue());
        inner.rand();
        assertThat(inner.uniform(0.9, 1.1)).isEqualTo(call.get("factor").doubleValue());
      }
      assertThat(c.get("calls")).hasSize(20);
    }
    assertThat(GOLDEN.get("compose").get(0).get("children").toString())
        .isEqualTo("[3645644232,3494301429,768352140]");
  }
}
