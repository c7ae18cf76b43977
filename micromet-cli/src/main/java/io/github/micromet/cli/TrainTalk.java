// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.run.Progress;
import io.github.micromet.train.EpochResult;
import io.github.micromet.train.Recipe;
import io.github.micromet.train.TrainOptions;
import io.github.micromet.train.TrainResult;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.TrainingLists;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/** A training as a person at a terminal sees it: progress, a line an epoch, and where it all is. */
final class TrainTalk {
  private final Console console;
  private final TrainOptions options;

  TrainTalk(Console console, TrainOptions options) {
    this.console = console;
    this.options = options;
  }

  Progress progress() {
    return new TerminalProgress(console.err(), console.terminal(), System::nanoTime);
  }

  void begin(TrainingLists lists, int processes) {
    lists.notes().forEach(console.err()::println);
    Recipe recipe = options.recipe();
    err(
        "%s to learn from, %s to validate on",
        counted(lists.training()), counted(lists.validation()));
    err(
        "steps of %d regions%s%s, %s, %d %s a process",
        recipe.batch() * recipe.accumulate() * processes,
        recipe.accumulate() > 1 ? " in " + recipe.accumulate() + " parts" : "",
        processes > 1 ? " in " + processes + " processes" : "",
        recipe.precision().here().text(),
        options.cores(),
        options.cores() == 1 ? "thread" : "threads");
    if (lists.validation().isEmpty()) {
      err("nothing to validate on: model.pt will be the weights of the last epoch");
    }
    if (options.resume() && !options.hasCheckpoint()) {
      err("%s has no checkpoint yet: training begins at the start", options.out());
    }
  }

  /** One line an epoch, on stdout. */
  void tell(EpochResult epoch) {
    String validation =
        epoch.validAccuracy().isPresent()
            ? String.format(
                Locale.ROOT,
                ", validation accuracy %.4f%s",
                epoch.validAccuracy().getAsDouble(),
                epoch.best() ? " (best)" : "")
            : "";
    console
        .out()
        .printf(
            Locale.ROOT,
            "epoch %d of %d: loss %.4f, accuracy %.4f%s, rate %.3g, %.1f patches/s, %s%n",
            epoch.epoch(),
            options.recipe().epochs(),
            epoch.loss(),
            epoch.trainAccuracy(),
            validation,
            epoch.learningRate(),
            epoch.patchesPerSecond(),
            TerminalProgress.clock((long) (epoch.seconds() * 1e9)));
  }

  void end(TrainResult result) {
    switch (result.ending()) {
      case DONE -> {}
      case EARLY -> err("ended early: validation did not get better");
      case STOPPED -> err("stopped after step %d; --resume goes on from there", result.steps());
    }
    if (result.bestAccuracy().isPresent()) {
      err(
          "best validation accuracy %.4f, of epoch %d",
          result.bestAccuracy().getAsDouble(), result.bestEpoch().orElse(0));
    }
    err(
        "%s (checkpoint, record and curves are in %s), %s",
        Files.exists(result.model()) ? "model: " + result.model() : "no model yet",
        options.out(),
        TerminalProgress.clock((long) (result.seconds() * 1e9)));
  }

  private static String counted(List<LabelledRegion> regions) {
    long patches = regions.stream().mapToLong(region -> region.labels().size()).sum();
    long positive =
        regions.stream().flatMap(region -> region.labels().stream()).filter(l -> l == 1).count();
    return String.format(
        Locale.ROOT, "%d regions (%d patches, %d with tumour)", regions.size(), patches, positive);
  }

  private void err(String form, Object... values) {
    console.err().println(String.format(Locale.ROOT, form, values));
  }
}
