// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.log;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * {@code train.csv}: a line a step and a line an epoch, told apart by an empty epoch. What a line
 * does not know is empty.
 *
 * <pre>
 * step,epoch,train_loss,train_acc,valid_acc,learning_rate
 * 1,,0.7057,,,
 * 1,1,,0.5,0.5185,0.001
 * </pre>
 *
 * <p>Each line is one write, so a process that is killed leaves whole lines.
 *
 * <p>Threads: one at a time.
 */
public final class CsvLog implements TrainingLog {
  private final Path file;
  private final FileChannel channel;
  private long lastStep;
  private int lastEpoch;

  /**
   * Opens the file to go on after a step.
   *
   * @param after lines of later steps are taken out; 0 begins anew
   * @throws MicrometException of kind USAGE if a line that is to be kept is not one of ours, of
   *     kind RESOURCE if the file cannot be written
   */
  public CsvLog(Path file, long after) {
    this.file = file;
    TrainingHistory kept = TrainingHistory.read(file, after);
    AtomicFiles.write(file, kept.text());
    lastStep = kept.lastStep();
    lastEpoch = kept.lastEpoch();
    try {
      channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void step(long step, double loss) {
    lastStep = step;
    append(TrainingHistory.line(new TrainingHistory.Step(step, loss)));
  }

  /** An epoch that is told again after a resume has its line already. */
  @Override
  public void epoch(int epoch, double trainAccuracy, double validAccuracy, double learningRate) {
    if (epoch > lastEpoch) {
      lastEpoch = epoch;
      append(
          TrainingHistory.line(
              new TrainingHistory.Epoch(
                  lastStep, epoch, trainAccuracy, validAccuracy, learningRate)));
    }
  }

  /** Has no line. */
  @Override
  public void sample(int index, int label, float[] patch, int size) {}

  /** Each line was written as it was told; after this a power cut does not lose it either. */
  @Override
  public void flush() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void append(String line) {
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private MicrometException failure(IOException e) {
    return new MicrometException(
        ErrorKind.RESOURCE,
        file.toString(),
        "cannot be written (" + e.getMessage() + ")",
        "Make room, or choose a folder that can be written to.",
        e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
