// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.log;

import java.util.List;
import java.util.function.Consumer;

/** Logs made of logs. */
public final class TrainingLogs {
  private TrainingLogs() {}

  /** Tells each of them everything, in their order; closing closes all, even if one fails. */
  public static TrainingLog all(List<TrainingLog> logs) {
    List<TrainingLog> kept = List.copyOf(logs);
    return new TrainingLog() {
      @Override
      public void step(long step, double loss) {
        kept.forEach(log -> log.step(step, loss));
      }

      @Override
      public void epoch(int epoch, double train, double valid, double learningRate) {
        kept.forEach(log -> log.epoch(epoch, train, valid, learningRate));
      }

      @Override
      public void sample(int index, int label, float[] patch, int size) {
        kept.forEach(log -> log.sample(index, label, patch, size));
      }

      @Override
      public void flush() {
        kept.forEach(TrainingLog::flush);
      }

      @Override
      public void close() {
        each(kept, TrainingLog::close);
      }
    };
  }

  /** Throws the first failure when all have been done. */
  private static void each(List<TrainingLog> logs, Consumer<TrainingLog> what) {
    RuntimeException first = null;
    for (TrainingLog log : logs) {
      try {
        what.accept(log);
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
