// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.Golden;
import io.github.micromet.error.MicrometException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
  @Test
  void theOrdersAreThoseOfMonaisDistributedSampler() throws Exception {
    JsonNode cases = new ObjectMapper().readTree(Golden.file("samples/orders.json").toFile());
    assertThat(cases).hasSizeGreaterThan(30);
    for (JsonNode one : cases) {
      EpochOrder order =
          new EpochOrder(
              one.path("shuffle").asBoolean(),
              one.path("even").asBoolean(),
              one.path("seed").asLong());
      int[] found =
          order.indices(
              one.path("samples").asInt(),
              one.path("epoch").asInt(),
              one.path("rank").asInt(),
              one.path("processes").asInt());
      JsonNode expected = one.path("order");
      assertThat(found)
          .as(one.toString())
          .isEqualTo(
              IntStream.range(0, expected.size()).map(i -> expected.path(i).asInt()).toArray());
    }
  }

  @Test
  void permutationsAreTorchsForSeedsOfAnySize() {
    long[] all = Golden.longs(Golden.file("samples/permutations.npy"));
    long[] seeds = {0, 1, 15, 1L << 31, (1L << 32) + 5};
    for (int i = 0; i < seeds.length; i++) {
      long[] found =
          IntStream.of(new TorchRandom(seeds[i]).permutation(1000)).asLongStream().toArray();
      assertThat(found)
          .as("seed %d", seeds[i])
          .isEqualTo(LongStream.of(all).skip(1000L * i).limit(1000).toArray());
    }
  }

  @Test
  void withoutShufflingOneProcessFollowsTheFileInEveryEpoch() {
    int[] counted = IntStream.range(0, 7).toArray();
    assertThat(EpochOrder.OF_FILE.indices(7, 1, 0, 1)).isEqualTo(counted);
    assertThat(EpochOrder.OF_FILE.indices(7, 2, 0, 1)).isEqualTo(counted);
  }

  @Test
  void fewerSamplesThanProcessesAreRefusedWhereNoneMayComeTwice() {
    assertThatThrownBy(() -> EpochOrder.OF_VALIDATION.indices(3, 1, 0, 4))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("3 samples")
        .hasMessageContaining("4 processes");
    assertThat(EpochOrder.OF_FILE.indices(3, 1, 3, 4)).containsExactly(0);
    assertThatThrownBy(() -> EpochOrder.OF_FILE.indices(0, 1, 0, 1))
        .isInstanceOf(MicrometException.class);
  }
}
