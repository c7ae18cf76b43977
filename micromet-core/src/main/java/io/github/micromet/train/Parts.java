// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.net.TrainableNet;
import io.github.micromet.train.sample.SampleStore;

/** What a training works with, ready to begin; holds native memory, threads and files. */
record Parts(
    SampleStore store, TrainableNet net, Novograd optimiser, TrainingState state, Keeper keeper)
    implements AutoCloseable {
  @Override
  public void close() {
    try {
      keeper.close();
    } finally {
      store.close();
      optimiser.close();
      net.close();
    }
  }
}
