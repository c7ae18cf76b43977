// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.weights.Checkpoint;
import io.github.micromet.net.weights.StateDict;
import io.github.micromet.net.weights.WeightTensor;
import io.github.micromet.net.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The weights of a TorchVisionFCModel(resnet18, num_classes 1, use_conv), checked, with the
 * contract that travels with them.
 *
 * <p>Threads: immutable, safe for many.
 */
public final class TumorNet {
  /**
   * The key of a safetensors file's metadata under which a contract other than the usual stands.
   */
  public static final String CONTRACT_KEY = "micromet.contract";

  private static final int DIFFERENCES_SHOWN = 3;
  private static final String REMEDY =
      "Give a checkpoint of TorchVisionFCModel(resnet18, num_classes=1, use_conv=True).";

  private final StateDict state;
  private final ModelContract contract;
  private final String sha256;
  private final Optional<Checkpoint.Format> format;

  private TumorNet(
      StateDict state, ModelContract contract, String sha256, Optional<Checkpoint.Format> format) {
    this.state = state;
    this.contract = Objects.requireNonNull(contract);
    this.sha256 = sha256;
    this.format = format;
  }

  /**
   * Reads a checkpoint in any format of {@link Weights#load}. Its contract is the reference's
   * unless a safetensors file's metadata gives another.
   *
   * @throws MicrometException of kind INPUT if the file cannot be read, or if its names or shapes
   *     are not this network's; the first differences are named
   */
  public static TumorNet load(Path file) {
    Checkpoint checkpoint = Weights.load(file);
    String json = checkpoint.metadata().get(CONTRACT_KEY);
    ModelContract contract =
        json == null ? ModelContract.REFERENCE : ContractJson.parse(json, file.toString());
    check(checkpoint.state(), file.toString());
    return new TumorNet(
        checkpoint.state(), contract, checkpoint.sha256(), Optional.of(checkpoint.format()));
  }

  /**
   * Weights that come from no file.
   *
   * @throws MicrometException of kind INPUT if the names or shapes are not this network's
   */
  public static TumorNet of(StateDict state, ModelContract contract) {
    return of(state, contract, "weights");
  }

  /**
   * As {@link #of(StateDict, ModelContract)}, for weights made of a file's.
   *
   * @param subject the file, for what is said of a difference
   */
  static TumorNet of(StateDict state, ModelContract contract, String subject) {
    check(state, subject);
    return new TumorNet(state, contract, "", Optional.empty());
  }

  /** The reference's contract with the untrained weights of {@link FormulaWeights}. */
  public static TumorNet untrained() {
    return of(FormulaWeights.state(), ModelContract.REFERENCE);
  }

  public StateDict state() {
    return state;
  }

  public ModelContract contract() {
    return contract;
  }

  /** Of the whole file, lower-case hex; empty if the weights come from no file. */
  public Optional<String> sha256() {
    return sha256.isEmpty() ? Optional.empty() : Optional.of(sha256);
  }

  /** How the file is written; empty if the weights come from no file. */
  public Optional<Checkpoint.Format> format() {
    return format;
  }

  private static void check(StateDict state, String subject) {
    List<String> differences = new ArrayList<>();
    for (NetworkShape.Parameter wanted : NetworkShape.PARAMETERS) {
      Optional<WeightTensor> found = state.get(wanted.name());
      if (found.isEmpty()) {
        differences.add(wanted.name() + " is missing");
      } else if (found.get().dtype() != wanted.dtype()) {
        differences.add(
            wanted.name() + " holds " + found.get().dtype() + ", not " + wanted.dtype());
      } else if (!Arrays.equals(found.get().shape(), wanted.shapeArray())) {
        differences.add(
            wanted.name()
                + " is "
                + found.get().shapeText()
                + " but this network needs "
                + WeightTensor.shapeText(wanted.shapeArray())
                + guess(wanted, found.get()));
      }
    }
    List<String> known = NetworkShape.PARAMETERS.stream().map(p -> p.name()).toList();
    state.names().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> differences.add(name + " is not part of this network"));
    if (!differences.isEmpty()) {
      throw new MicrometException(ErrorKind.INPUT, subject, shown(differences), REMEDY);
    }
  }

  private static String guess(NetworkShape.Parameter wanted, WeightTensor found) {
    return wanted.name().startsWith("fc.") && found.shape().length > 0 && found.shape()[0] > 1
        ? " (a model of " + found.shape()[0] + " classes?)"
        : "";
  }

  private static String shown(List<String> differences) {
    String first =
        String.join("; ", differences.subList(0, Math.min(DIFFERENCES_SHOWN, differences.size())));
    int more = differences.size() - DIFFERENCES_SHOWN;
    return more > 0 ? first + "; and " + more + " more differences" : first;
  }
}
