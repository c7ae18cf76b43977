// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.log;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.Csv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The numbers of a training so far, and their form as lines of {@code train.csv}. */
final class TrainingHistory {
  private static final String HEADER = "step,epoch,train_loss,train_acc,valid_acc,learning_rate";
  private static final int FIELDS = 6;

  /**
   * @param step global, from 1
   */
  record Step(long step, double loss) {}

  /**
   * @param step its last one
   * @param epoch from 1
   * @param validAccuracy NaN if it was not validated
   */
  record Epoch(
      long step, int epoch, double trainAccuracy, double validAccuracy, double learningRate) {}

  private final List<Step> steps = new ArrayList<>();
  private final List<Epoch> epochs = new ArrayList<>();

  /**
   * What {@code train.csv} says up to a step; nothing if there is no such file or the step is 0.
   *
   * @throws MicrometException of kind USAGE if a line is not one of ours
   */
  static TrainingHistory read(Path csv, long upTo) {
    TrainingHistory history = new TrainingHistory();
    if (upTo == 0 || !Files.exists(csv)) {
      return history;
    }
    List<String> lines = Csv.lines(csv);
    for (int i = 0; i < lines.size(); i++) {
      if (i == 0 ? !lines.get(0).equals(HEADER) : !history.take(lines.get(i), upTo)) {
        // A power cut may leave half a line, but only at the end.
        if (i > 0 && i == lines.size() - 1) {
          break;
        }
        throw new MicrometException(
            ErrorKind.USAGE,
            csv + ":" + (i + 1),
            "is not a line of a training's log: '" + lines.get(i) + "'",
            "Move the file away to go on without its past.");
      }
    }
    return history;
  }

  private boolean take(String line, long upTo) {
    List<String> fields = Csv.fields(line);
    if (fields.size() != FIELDS) {
      return false;
    }
    try {
      long step = Long.parseLong(fields.get(0));
      if (step > upTo) {
        return true;
      }
      if (fields.get(1).isEmpty()) {
        add(new Step(step, Double.parseDouble(fields.get(2))));
      } else {
        String valid = fields.get(4);
        add(
            new Epoch(
                step,
                Integer.parseInt(fields.get(1)),
                Double.parseDouble(fields.get(3)),
                valid.isEmpty() ? Double.NaN : Double.parseDouble(valid),
                Double.parseDouble(fields.get(5))));
      }
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  void add(Step step) {
    steps.add(step);
  }

  void add(Epoch epoch) {
    epochs.add(epoch);
  }

  List<Step> steps() {
    return steps;
  }

  List<Epoch> epochs() {
    return epochs;
  }

  /** 0 before the first. */
  long lastStep() {
    return steps.isEmpty() ? 0 : steps.get(steps.size() - 1).step();
  }

  /** 0 before the first. */
  int lastEpoch() {
    return epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).epoch();
  }

  /** As a whole file: each epoch after its last step. */
  String text() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    int next = 0;
    for (Step step : steps) {
      while (next < epochs.size() && epochs.get(next).step() < step.step()) {
        text.append(line(epochs.get(next++)));
      }
      text.append(line(step));
    }
    while (next < epochs.size()) {
      text.append(line(epochs.get(next++)));
    }
    return text.toString();
  }

  static String line(Step step) {
    return step.step() + ",," + step.loss() + ",,,\n";
  }

  static String line(Epoch epoch) {
    String valid = Double.isNaN(epoch.validAccuracy()) ? "" : "" + epoch.validAccuracy();
    return epoch.step()
        + ","
        + epoch.epoch()
        + ",,"
        + epoch.trainAccuracy()
        + ","
        + valid
        + ","
        + epoch.learningRate()
        + "\n";
  }
}
