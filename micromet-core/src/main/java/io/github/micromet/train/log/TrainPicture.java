// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.log;

import io.github.micromet.file.AtomicFiles;
import io.github.micromet.report.Fonts;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code train.png}: the curves of a training so far, drawn when it is told to flush and at the
 * end. On a machine without fonts it says so once and draws nothing; train.csv holds the numbers.
 *
 * <p>Threads: one at a time.
 */
public final class TrainPicture implements TrainingLog {
  private static final Logger LOG = LoggerFactory.getLogger(TrainPicture.class);

  private final Path png;
  private final TrainingHistory history;
  private final boolean drawable;
  private boolean changed;

  /**
   * @param csv the {@code train.csv} of a training that is resumed, which holds its past
   * @param after the step after which it goes on; 0 for a new one, which has no past
   * @throws io.github.micromet.error.MicrometException of kind USAGE if a line of that file is not
   *     one of ours
   */
  public TrainPicture(Path png, Path csv, long after) {
    this.png = png;
    history = TrainingHistory.read(csv, after);
    Optional<String> missing = Fonts.missing();
    drawable = missing.isEmpty();
    missing.ifPresent(
        why -> LOG.warn("{} is not drawn, for this Java finds no font ({})", png, why));
  }

  @Override
  public void step(long step, double loss) {
    history.add(new TrainingHistory.Step(step, loss));
    changed = true;
  }

  /** An epoch that is told again after a resume is there already. */
  @Override
  public void epoch(int epoch, double trainAccuracy, double validAccuracy, double learningRate) {
    if (epoch > history.lastEpoch()) {
      history.add(
          new TrainingHistory.Epoch(
              history.lastStep(), epoch, trainAccuracy, validAccuracy, learningRate));
      changed = true;
    }
  }

  /** Is not in the picture. */
  @Override
  public void sample(int index, int label, float[] patch, int size) {}

  /**
   * Draws the picture if there is something new.
   *
   * @throws io.github.micromet.error.MicrometException of kind RESOURCE if it cannot be written
   */
  @Override
  public void flush() {
    if (changed && drawable) {
      byte[] picture = PngBytes.of(TrainCharts.draw(history));
      AtomicFiles.write(png, out -> out.write(picture));
      changed = false;
    }
  }

  @Override
  public void close() {
    flush();
  }
}
