// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingLogsTest {
  /** Writes down what it is told; one named "bad" fails to close. */
  private record Listener(String name, List<String> told) implements TrainingLog {
    @Override
    public void step(long step, double loss) {
      told.add(name + " step " + step + " " + loss);
    }

    @Override
    public void epoch(int epoch, double train, double valid, double rate) {
      told.add(name + " epoch " + epoch + " " + train + " " + valid + " " + rate);
    }

    @Override
    public void sample(int index, int label, float[] patch, int size) {
      told.add(name + " sample " + index + " " + label + " " + patch.length + " " + size);
    }

    @Override
    public void flush() {
      told.add(name + " flush");
    }

    @Override
    public void close() {
      told.add(name + " close");
      if (name.equals("bad")) {
        throw new IllegalStateException("disk full");
      }
    }
  }

  @Test
  void allAreToldEverythingInTheirOrder() {
    List<String> told = new ArrayList<>();
    try (TrainingLog all =
        TrainingLogs.all(List.of(new Listener("a", told), new Listener("b", told)))) {
      all.step(1, 0.5);
      all.epoch(1, 0.5, 0.75, 0.001);
      all.sample(2, 1, new float[12], 2);
      all.flush();
    }
    assertThat(told)
        .containsExactly(
            "a step 1 0.5",
            "b step 1 0.5",
            "a epoch 1 0.5 0.75 0.001",
            "b epoch 1 0.5 0.75 0.001",
            "a sample 2 1 12 2",
            "b sample 2 1 12 2",
            "a flush",
            "b flush",
            "a close",
            "b close");
  }

  @Test
  void allAreClosedThoughOneFails() {
    List<String> told = new ArrayList<>();
    TrainingLog all =
        TrainingLogs.all(List.of(new Listener("bad", told), new Listener("good", told)));
    assertThatThrownBy(all::close).hasMessage("disk full");
    assertThat(told).containsExactly("bad close", "good close");
  }
}
