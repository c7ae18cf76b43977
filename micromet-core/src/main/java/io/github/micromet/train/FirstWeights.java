// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.net.InitialWeights;
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
  static FirstWeights of(Recipe recipe) {
    if (recipe.init().isEmpty()) {
      return new FirstWeights(
          InitialWeights.reference(recipe.seed()),
          "drawn from seed " + recipe.seed(),
          Optional.empty());
    }
    Path file = recipe.init().get();
    InitialWeights.Start start = InitialWeights.from(file, recipe.seed());
    String text = file.getFileName() + ", sha256 " + OutputFile.of(file).sha256();
    return new FirstWeights(start.net(), text, start.said());
  }
}
