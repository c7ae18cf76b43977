// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.EngineInfo;
import io.github.micromet.net.ModelContract;
import io.github.micromet.run.Machine;
import io.github.micromet.run.OutputFile;
import io.github.micromet.run.Parameters;
import io.github.micromet.run.RunJson;
import io.github.micromet.run.Software;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where weights come from: {@code train.json} for the training as it is, and {@code model.json} for
 * the weights beside it, as they were when those were written.
 *
 * @param status {@code running}, {@code failed}, or why it is over
 * @param model the best weights so far; empty before the first validation
 * @param epoch whose weights those are; 0 likewise
 * @param contract what the model expects and gives
 * @param software which programs
 * @param machine on what
 * @param engine what really computed
 * @param parameters the settings that decide the weights
 * @param resources the settings that must not, or may change on the way
 * @param training the list trained on
 * @param validation the list validated on
 * @param epochs that have ended
 * @param steps in all
 * @param whiteTiles tiles that could not be decoded and were white in the patches that rank 0 has
 *     read since it started last, by slide
 */
@JsonPropertyOrder({"format", "formatVersion"})
public record TrainRecord(
    String status,
    Optional<OutputFile> model,
    int epoch,
    ModelContract contract,
    Software software,
    Machine machine,
    EngineInfo engine,
    Parameters parameters,
    Parameters resources,
    DataSource training,
    DataSource validation,
    List<EpochResult> epochs,
    long steps,
    Map<String, Integer> whiteTiles) {
  /** Says in the file what it is. */
  public static final String FORMAT = "micromet-training";

  static final String RUNNING = "running";
  static final String FAILED = "failed";

  /** Of the file's layout. */
  public static final int FORMAT_VERSION = 1;

  public TrainRecord {
    epochs = List.copyOf(epochs);
    whiteTiles = Collections.unmodifiableMap(new TreeMap<>(whiteTiles));
  }

  /** {@link #FORMAT}, in the file. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public String format() {
    return FORMAT;
  }

  /** {@link #FORMAT_VERSION}, in the file. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public int formatVersion() {
    return FORMAT_VERSION;
  }

  /** What tells whether a training came to its end. */
  private record Begun(
      String status,
      Parameters parameters,
      Software software,
      Machine machine,
      Optional<OutputFile> model) {}

  private static Optional<Begun> begun(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Optional.of(RunJson.read(file, FORMAT, FORMAT_VERSION, Begun.class))
          : Optional.empty();
    } catch (MicrometException notOurs) {
      return Optional.empty();
    }
  }

  /** The weights that a card describes; empty if it is no card. */
  static Optional<OutputFile> modelOf(Path card) {
    return begun(card).flatMap(Begun::model);
  }

  /** What is not as in an earlier record of this training though the last bits depend on it. */
  List<String> changesSince(Path earlier) {
    List<String> changes = new ArrayList<>();
    begun(earlier)
        .ifPresent(
            was -> {
              change(changes, "Micromet", was.software().micromet(), software.micromet());
              change(changes, "the set of libraries", was.software().natives(), software.natives());
              change(changes, "the CPU", was.machine().cpu(), machine.cpu());
            });
    return changes;
  }

  private static void change(List<String> changes, String what, Object was, Object now) {
    if (!was.equals(now)) {
      changes.add(
          String.format(
              Locale.ROOT,
              "%s was %s and is %s now: the weights may differ in their last bits from those of a"
                  + " training that was not stopped",
              what,
              was,
              now));
    }
  }

  /**
   * Whether a file is the record of a training with these settings that did not come to its end.
   */
  static boolean isUnfinished(Path file, Parameters settings) {
    return begun(file)
        .filter(begun -> List.of(RUNNING, FAILED, "stopped").contains(begun.status()))
        .filter(begun -> LastCheckpoint.difference(settings, begun.parameters()).isEmpty())
        .isPresent();
  }

  TrainRecord with(
      String status,
      TrainingState state,
      Optional<OutputFile> best,
      Map<String, Integer> undecoded) {
    return new TrainRecord(
        status,
        best,
        state.best().map(EpochResult::epoch).orElse(0),
        contract,
        software,
        machine,
        engine,
        parameters,
        resources,
        training,
        validation,
        state.done(),
        state.steps(),
        undecoded);
  }
}
