// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.log;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;

/**
 * TensorBoard's event files of a training: two, as the reference writes them. That of training
 * holds {@code train_loss} by step, {@code train_acc} by epoch, and beyond the reference {@code
 * learning_rate} by epoch and sample images; that of validation holds {@code valid_acc} by epoch.
 *
 * <p>Threads: one at a time.
 */
public final class TensorBoardLog implements TrainingLog {
  private final EventFile train;
  private final EventFile validation;

  /**
   * Makes the folder if need be, and two new files in it; older ones stay.
   *
   * @param after the step after which a resumed training goes on; 0 for a new one
   * @throws MicrometException of kind RESOURCE if they cannot be written
   */
  public TensorBoardLog(Path folder, long after, Clock clock) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          folder.toString(),
          "cannot be made (" + e.getMessage() + ")",
          "Choose a folder that can be written to.",
          e);
    }
    train = EventFile.create(folder, clock, after);
    try {
      // Only one of them says where the training goes on: TensorBoard reads the files one after the
      // other, so from the second one it would forget what the first has just told again.
      validation = EventFile.create(folder, clock, 0);
    } catch (RuntimeException e) {
      train.close();
      throw e;
    }
  }

  @Override
  public void step(long step, double loss) {
    train.scalar("train_loss", step, loss);
  }

  @Override
  public void epoch(int epoch, double trainAccuracy, double validAccuracy, double learningRate) {
    train.scalar("train_acc", epoch, trainAccuracy);
    train.scalar("learning_rate", epoch, learningRate);
    if (!Double.isNaN(validAccuracy)) {
      validation.scalar("valid_acc", epoch, validAccuracy);
    }
  }

  @Override
  public void sample(int index, int label, float[] patch, int size) {
    String number = String.format(Locale.ROOT, "%02d", index);
    String tag = "samples/" + number + (label == 1 ? " tumour" : " normal");
    train.image(tag, 0, size, PngBytes.of(patch, size));
  }

  /** Each record was written as it was told; after this a power cut does not lose it either. */
  @Override
  public void flush() {
    train.flush();
    validation.flush();
  }

  @Override
  public void close() {
    try {
      train.close();
    } finally {
      validation.close();
    }
  }
}
