// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.net.TrainableNet;
import io.github.micromet.run.OutputFile;
import io.github.micromet.train.TrainResult.Ending;
import io.github.micromet.train.log.TrainingLog;
import io.github.micromet.train.sample.TrainingBatch;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps a training in its folder. Whatever moment the process is killed at, the folder goes on from
 * the last checkpoint: logs are on the disk before it, and are cut back to it when it is resumed.
 *
 * <p>Threads: one.
 */
final class FolderKeeper implements Keeper {
  private static final int SAMPLES = 8;

  private final TrainFolder folder;
  private final TrainingLog log;
  private final TrainRecord record;
  private final CheckpointEvery every;
  private final Supplier<Map<String, Integer>> whiteTiles;
  private Optional<OutputFile> model;
  private int stepsSince;
  private long savedNanos = System.nanoTime();

  /**
   * @param folder is closed with this
   * @param log likewise
   * @param record of this training, to be completed as it goes
   * @param whiteTiles tiles that could not be decoded so far, by slide
   */
  FolderKeeper(
      TrainFolder folder,
      TrainingLog log,
      TrainRecord record,
      CheckpointEvery every,
      Supplier<Map<String, Integer>> whiteTiles,
      TrainingState state) {
    this.folder = folder;
    this.log = log;
    this.record = record;
    this.every = every;
    this.whiteTiles = whiteTiles;
    this.model = folder.model();
    write(TrainRecord.RUNNING, state);
  }

  @Override
  public void samples(TrainingBatch first) {
    int size = first.pixels().size();
    FloatBuffer rgb = first.pixels().rgb();
    float[] patch = new float[size * size * 3];
    for (int i = 0; i < Math.min(SAMPLES, first.pixels().count()); i++) {
      rgb.get(patch);
      log.sample(i, (int) first.labels()[i], patch, size);
    }
  }

  @Override
  public void step(TrainingState state, double loss) {
    log.step(state.steps(), loss);
    stepsSince++;
  }

  @Override
  public boolean isDue() {
    return every.isDue(stepsSince, Duration.ofNanos(System.nanoTime() - savedNanos));
  }

  @Override
  public void save(TrainableNet net, Novograd optimiser, TrainingState state) {
    log.flush();
    new LastCheckpoint(net.state(), optimiser.state(), state, record.parameters())
        .write(folder.file(TrainFolder.LAST));
    stepsSince = 0;
    savedNanos = System.nanoTime();
  }

  @Override
  public void endEpoch(
      TrainableNet net, Novograd optimiser, TrainingState state, EpochResult result) {
    if (result.best()) {
      model = Optional.of(folder.writeModel(net.state()));
      folder.write(TrainFolder.CARD, record(TrainRecord.RUNNING, state));
    }
    log.epoch(
        result.epoch(),
        result.trainAccuracy(),
        result.validAccuracy().orElse(Double.NaN),
        result.learningRate());
    save(net, optimiser, state);
    write(TrainRecord.RUNNING, state);
  }

  @Override
  public void end(Ending ending, TrainingState state) {
    write(ending.name().toLowerCase(Locale.ROOT), state);
  }

  @Override
  public void failed(TrainingState state) {
    write(TrainRecord.FAILED, state);
  }

  private TrainRecord record(String status, TrainingState state) {
    return record.with(status, state, model, whiteTiles.get());
  }

  private void write(String status, TrainingState state) {
    folder.write(TrainFolder.RECORD, record(status, state));
  }

  @Override
  public void close() {
    try {
      log.close();
    } finally {
      folder.close();
    }
  }
}
