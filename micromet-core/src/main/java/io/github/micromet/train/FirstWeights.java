// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.InitialWeights;
import io.github.micromet.net.ModelContract;
import io.github.micromet.net.TumorNet;
import io.github.micromet.run.OutputFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a training starts from.
 *
 * @param net the weights
 * @param text where they come from, as a setting that decides
 * @param said a sentence for people; empty if there is nothing to say
 */
record FirstWeights(TumorNet net, String text, Optional<String> said) {
  /** Its name among those that decide. */
  static final String SETTING = "first weights";

  /**
   * @throws MicrometException of kind INPUT if the file of --init is no such network, of kind USAGE
   *     if its contract is not the reference's
   */
  static FirstWeights of(Recipe recipe) {
    if (recipe.init().isEmpty()) {
      return new FirstWeights(
          InitialWeights.reference(recipe.seed()),
          "drawn from seed " + recipe.seed(),
          Optional.empty());
    }
    Path file = recipe.init().get();
    Optional<LastCheckpoint> last = LastCheckpoint.readIfOne(file);
    if (last.isPresent()) {
      return new FirstWeights(
          TumorNet.of(last.get().weights(), ModelContract.REFERENCE),
          text(file),
          Optional.of(file + " is the last checkpoint of a training: its weights are taken"));
    }
    InitialWeights.Start start = InitialWeights.from(file, recipe.seed());
    if (!start.net().contract().equals(ModelContract.REFERENCE)) {
      // model.pt is a bare state dict, as the reference's: whoever reads it takes the reference's.
      throw new MicrometException(
          ErrorKind.USAGE,
          "--init " + file,
          "has another contract than the reference's ("
              + start.net().contract()
              + "), which model.pt could not say",
          "Give a model of the reference's contract: " + ModelContract.REFERENCE + ".");
    }
    return new FirstWeights(start.net(), text(file), start.said());
  }

  /**
   * What a training that goes on has started from, as its checkpoint says; the weights are those it
   * goes on with. Empty if it does not say.
   */
  static Optional<FirstWeights> of(LastCheckpoint last) {
    return Optional.ofNullable(last.parameters().values().get(SETTING))
        .map(
            text ->
                new FirstWeights(
                    TumorNet.of(last.weights(), ModelContract.REFERENCE),
                    text.toString(),
                    Optional.empty()));
  }

  private static String text(Path file) {
    return file.getFileName() + ", sha256 " + OutputFile.of(file).sha256();
  }
}
