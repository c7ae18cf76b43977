// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.net.NamedTensor;
import io.github.micromet.net.Precision;
import io.github.micromet.net.TrainableNet;
import io.github.micromet.net.TumorNet;
import io.github.micromet.train.group.Group;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class TogetherTest {
  private static final float RANK_0 = 0.25f;

  /** Rank 1 of two, the other of which has {@link #RANK_0} everywhere. */
  private static final Group SECOND =
      new Group() {
        @Override
        public int rank() {
          return 1;
        }

        @Override
        public int size() {
          return 2;
        }

        @Override
        public void sum(Tensor inPlace) {
          inPlace.add_(new Scalar(RANK_0));
        }

        @Override
        public void broadcast(Tensor inPlace) {
          inPlace.fill_(new Scalar(RANK_0));
        }

        @Override
        public void close() {}
      };

  @Test
  void everyWeightAndStatisticBecomesThatOfRank0() {
    try (TrainableNet net = TrainableNet.of(TumorNet.untrained(), Precision.FP32, 1)) {
      new Together(SECOND, net).shareWeights();

      assertEverywhere(net.parameters(), RANK_0);
      assertEverywhere(statistics(net), RANK_0);
    }
  }

  @Test
  void statisticsAreAveragedAndWeightsStay() {
    try (TrainableNet net = TrainableNet.of(TumorNet.untrained(), Precision.FP32, 1)) {
      Together together = new Together(SECOND, net);
      together.shareWeights();
      together.averageStatistics();
      assertEverywhere(statistics(net), RANK_0);
      for (NamedTensor statistic : statistics(net)) {
        statistic.tensor().fill_(new Scalar(0.75f));
      }
      together.averageStatistics();
      assertEverywhere(statistics(net), 0.5f);
      assertEverywhere(net.parameters(), RANK_0);
      assertThat(together.any(false)).isTrue();
    }
  }

  private static List<NamedTensor> statistics(TrainableNet net) {
    return net.buffers().stream()
        .filter(buffer -> !buffer.name().endsWith("num_batches_tracked"))
        .toList();
  }

  private static void assertEverywhere(List<NamedTensor> tensors, float value) {
    try (PointerScope scope = new PointerScope()) {
      for (NamedTensor each : tensors) {
        assertThat(each.tensor().eq(new Scalar(value)).all().item_bool()).as(each.name()).isTrue();
      }
    }
  }
}
