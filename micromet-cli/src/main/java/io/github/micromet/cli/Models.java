// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.detect.Model;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.Precision;
import io.github.micromet.net.TorchEngine;
import io.github.micromet.net.TumorNet;
import io.github.micromet.net.store.PublishedModel;
import io.github.micromet.run.Calibration;
import io.github.micromet.run.ModelSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which weights score. */
final class Models {
  private Models() {}

  /**
   * The file given, or the published model where it was downloaded.
   *
   * @throws MicrometException of kind USAGE if there is neither
   */
  static Path choose(Optional<Path> given, Map<String, String> environment) {
    if (given.isPresent()) {
      if (!Files.isRegularFile(given.get())) {
        throw new MicrometException(
            ErrorKind.USAGE, given.get().toString(), "there is no such file", "Check --model.");
      }
      return given.get();
    }
    Path published = published(environment);
    if (!Files.isRegularFile(published)) {
      throw new MicrometException(
          ErrorKind.USAGE,
          "no model",
          "give --model FILE, or fetch the published one with `micromet download`",
          "");
    }
    return published;
  }

  /** Where `micromet download` puts the published model. */
  static Path published(Map<String, String> environment) {
    return Caches.published(environment).resolve(PublishedModel.WEIGHTS.path());
  }

  static Model load(Path file, Precision precision) {
    TumorNet net = TumorNet.load(file);
    return new Model(
        TorchEngine.open(net, precision),
        new ModelSource(
            file.getFileName().toString(),
            net.sha256().orElseThrow(),
            net.format().orElseThrow().name().toLowerCase(Locale.ROOT),
            net.contract()));
  }

  /**
   * With the temperature that lies beside the file.
   *
   * @throws MicrometException of kind USAGE if there is none, or it is another model's
   */
  static Model calibrated(Path file, Precision precision) {
    Model loaded = load(file, precision);
    try {
      return loaded.calibrated(Calibration.of(file, loaded.source().sha256()).temperature());
    } catch (MicrometException e) {
      loaded.close();
      throw e;
    }
  }

  /** Seeded weights that were never trained. */
  static Model untrained(Precision precision) {
    TumorNet net = TumorNet.untrained();
    return new Model(
        TorchEngine.open(net, precision),
        new ModelSource("untrained", "", "formula", net.contract()));
  }
}
