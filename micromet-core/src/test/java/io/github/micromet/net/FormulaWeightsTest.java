// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.TestData;
import io.github.micromet.net.weights.DType;
import io.github.micromet.net.weights.StateDict;
import io.github.micromet.net.weights.WeightTensor;
import io.github.micromet.net.weights.Weights;
import org.junit.jupiter.api.Test;

class FormulaWeightsTest {
  @Test
  void theNetworkHas122EntriesAnd11177025Parameters() {
    assertThat(NetworkShape.PARAMETERS).hasSize(122);
    long parameters =
        NetworkShape.PARAMETERS.stream()
            .filter(p -> !p.name().contains("running_") && !p.name().endsWith("_tracked"))
            .mapToLong(NetworkShape.Parameter::count)
            .sum();
    assertThat(parameters).isEqualTo(11_177_025);
  }

  @Test
  void theFormulaGivesWhatPyTorchSavedTensorForTensor() {
    StateDict saved = Weights.load(TestData.file("models/golden-weights.pt")).state();
    StateDict made = FormulaWeights.state();

    assertThat(made.names()).containsExactlyElementsOf(saved.names());
    for (String name : saved.names()) {
      WeightTensor wanted = saved.get(name).orElseThrow();
      WeightTensor tensor = made.get(name).orElseThrow();
      assertThat(tensor.shape()).as(name).isEqualTo(wanted.shape());
      assertThat(tensor.dtype()).as(name).isEqualTo(wanted.dtype());
      if (wanted.dtype() == DType.FLOAT32) {
        assertThat(tensor.floats().equals(wanted.floats())).as(name).isTrue();
      } else {
        assertThat(tensor.longs()).as(name).isEqualTo(wanted.longs());
      }
    }
  }
}
