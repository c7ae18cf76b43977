// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.weights.Checkpoint;
import io.github.micromet.net.weights.SafetensorsWriter;
import io.github.micromet.net.weights.StateDict;
import io.github.micromet.net.weights.WeightTensor;
import io.github.micromet.net.weights.Weights;
import io.github.micromet.run.Parameters;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that a training needs to go on as if it had never stopped: {@code last.safetensors}, tensors
 * {@code model.NAME} and {@code novograd.NAME}, the rest as JSON in the metadata. There is no
 * random state: what is drawn for a patch depends on the seed, the epoch and the patch alone.
 *
 * @param weights and statistics, 122 entries
 * @param optimiser Novograd's state
 * @param state how far it is
 * @param parameters the settings that decide the weights
 */
record LastCheckpoint(
    StateDict weights, StateDict optimiser, TrainingState state, Parameters parameters) {
  private static final String MODEL = "model.";
  private static final String OPTIMISER = "novograd.";
  private static final String STATE = "micromet.training";
  private static final String PARAMETERS = "micromet.parameters";
  private static final JsonMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();

  void write(Path file) {
    Map<String, WeightTensor> all = new LinkedHashMap<>();
    weights.tensors().forEach((name, tensor) -> all.put(MODEL + name, tensor));
    optimiser.tensors().forEach((name, tensor) -> all.put(OPTIMISER + name, tensor));
    Map<String, String> metadata = new LinkedHashMap<>();
    try {
      metadata.put(STATE, JSON.writeValueAsString(state));
      metadata.put(PARAMETERS, JSON.writeValueAsString(parameters));
    } catch (JacksonException e) {
      throw new IllegalStateException("records of numbers and words are always JSON", e);
    }
    SafetensorsWriter.write(file, StateDict.of(all), metadata);
  }

  /**
   * Empty if the file is another kind of checkpoint.
   *
   * @throws MicrometException of kind INPUT if it is none at all
   */
  static Optional<LastCheckpoint> readIfOne(Path file) {
    return Weights.load(file).metadata().containsKey(STATE)
        ? Optional.of(read(file))
        : Optional.empty();
  }

  /**
   * @throws MicrometException of kind INPUT if it is no checkpoint of a training
   */
  static LastCheckpoint read(Path file) {
    Checkpoint checkpoint = Weights.load(file);
    String state = checkpoint.metadata().get(STATE);
    String parameters = checkpoint.metadata().get(PARAMETERS);
    if (state == null || parameters == null) {
      throw damaged(file, "is no checkpoint of a training");
    }
    try {
      return new LastCheckpoint(
          part(checkpoint.state(), MODEL),
          part(checkpoint.state(), OPTIMISER),
          JSON.readValue(state, TrainingState.class),
          JSON.readValue(parameters, Parameters.class));
    } catch (JacksonException e) {
      throw damaged(file, "has metadata that this version cannot read");
    }
  }

  /**
   * Whether a training with these settings may go on from here.
   *
   * @throws MicrometException of kind USAGE naming the first setting that differs, with both values
   */
  void requireSame(Parameters now, Path file) {
    Optional<Difference> found = difference(now, parameters);
    if (found.isPresent()) {
      Difference setting = found.get();
      throw new MicrometException(
          ErrorKind.USAGE,
          "--resume",
          setting.name()
              + " is "
              + setting.now()
              + ", but the training of "
              + file
              + " has "
              + setting.before(),
          "Give the same settings and data, or start another training in another folder.");
    }
  }

  /** A setting with two values. */
  record Difference(String name, String now, String before) {}

  /** The first setting that is not as it was before. */
  static Optional<Difference> difference(Parameters now, Parameters before) {
    for (Map.Entry<String, Object> setting : now.values().entrySet()) {
      Object old = before.values().get(setting.getKey());
      String was = old == null ? "unknown" : old.toString();
      if (!was.equals(setting.getValue().toString())) {
        return Optional.of(new Difference(setting.getKey(), setting.getValue().toString(), was));
      }
    }
    return Optional.empty();
  }

  private static StateDict part(StateDict all, String prefix) {
    Map<String, WeightTensor> part = new LinkedHashMap<>();
    all.tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), tensor);
              }
            });
    return StateDict.of(part);
  }

  private static MicrometException damaged(Path file, String problem) {
    return new MicrometException(
        ErrorKind.INPUT,
        file.toString(),
        problem,
        "Start again in another folder, with --init " + TrainFolder.MODEL + " if there is one.");
  }

  /** The one of a folder. */
  static Optional<LastCheckpoint> of(Path folder) {
    return TrainFolder.last(folder).map(LastCheckpoint::read);
  }
}
