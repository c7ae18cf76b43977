// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.detect.Model;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.stat.LabelledScore;
import io.github.micromet.eval.stat.Reliability;
import io.github.micromet.eval.stat.Temperature;
import io.github.micromet.net.Precision;
import io.github.micromet.net.TumorNet;
import io.github.micromet.report.StatReport;
import io.github.micromet.run.Calibration;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "calibrate",
    description = {
      "Fit a model's probabilities to labelled patches.",
      "One temperature divides its logits; `micromet detect --calibrated` uses it. Give patches that"
          + " the model was not trained on."
    })
final class CalibrateCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The weights (default: the published model, once downloaded).")
  private Optional<Path> model;

  @Option(
      names = "--patches",
      paramLabel = "DIR|CSV",
      description =
          "Labelled images of patches; those for validation, if a list or folders say which.")
  private Optional<Path> patches;

  @Option(
      names = "--mpp",
      paramLabel = "MICRONS",
      description = "Microns per pixel of --patches (default: the model's).")
  private Optional<Double> mpp;

  @Option(
      names = "--scores",
      paramLabel = "CSV",
      description = "Instead of --patches: columns label, and probability or logit.")
  private Optional<Path> scores;

  private final Console console;

  CalibrateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (patches.isPresent() == scores.isPresent()) {
      throw wrong("--patches and --scores", "exclude each other, and one of them is needed");
    }
    if (scores.isPresent() && mpp.isPresent()) {
      throw wrong("--mpp", "is of --patches; --scores are scored already");
    }
    PatchScoring.checkMpp(mpp);
    Path file = Models.choose(model, console.environment());
    Cases cases = scores.isPresent() ? listed(file) : scored(file);
    List<LabelledScore> all = cases.logits();
    double[] logits = LabelledScore.scores(all);
    boolean[] truths = LabelledScore.truths(all);
    Temperature found = fit(logits, truths);
    Reliability before = reliability(logits, truths, 1);
    Reliability after = reliability(logits, truths, found.value());
    Path made = Calibration.beside(file);
    new Calibration(
            Calibration.FORMAT,
            Calibration.FORMAT_VERSION,
            file.getFileName().toString(),
            cases.sha256(),
            found.value(),
            all.size(),
            all.stream().filter(LabelledScore::positive).count(),
            before.ece(),
            after.ece(),
            found.lossBefore(),
            found.lossAfter(),
            patches.or(() -> scores).orElseThrow().getFileName().toString(),
            Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            Version.text())
        .write(made);
    tell(all, found, before, after);
    console.out().println(made);
    Path table = made.resolveSibling(made.getFileName().toString().replace(".json", ".csv"));
    StatReport.reliabilityTable(table, before, after);
    console.out().println(table);
    Path picture = made.resolveSibling(made.getFileName().toString().replace(".json", ".png"));
    if (StatReport.reliability(picture, before, after)) {
      console.out().println(picture);
    }
    return 0;
  }

  /** Logits with the hash of the model they are of. */
  private record Cases(List<LabelledScore> logits, String sha256) {}

  private Cases listed(Path file) {
    // Loaded for its hash, and so that what is no model has no calibration either.
    String sha256 = TumorNet.load(file).sha256().orElseThrow();
    return new Cases(LabelledLogits.read(scores.orElseThrow()), sha256);
  }

  private Cases scored(Path file) {
    // As the reference computes: a temperature for bf16's rounding would be one for one machine.
    try (Model loaded = Models.load(file, Precision.FP32)) {
      OptionalDouble given = mpp.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
      return new Cases(
          PatchScoring.score(patches.orElseThrow(), given, loaded.engine(), console),
          loaded.source().sha256());
    }
  }

  private static Temperature fit(double[] logits, boolean[] truths) {
    try {
      return Temperature.fit(logits, truths);
    } catch (IllegalArgumentException e) {
      throw wrong("calibrate", e.getMessage());
    }
  }

  private static Reliability reliability(double[] logits, boolean[] truths, double temperature) {
    double[] probabilities =
        Arrays.stream(logits).map(logit -> Temperature.sigmoid(logit / temperature)).toArray();
    return Reliability.equalWidth(probabilities, truths, Reliability.DEFAULT_BINS);
  }

  private void tell(
      List<LabelledScore> all, Temperature found, Reliability before, Reliability after) {
    long positives = all.stream().filter(LabelledScore::positive).count();
    line("patches", "%d tumour, %d normal", positives, all.size() - positives);
    line("temperature", "%.4f", found.value());
    line(
        "ECE",
        "%.4f before, %.4f after, in %d bins",
        before.ece(),
        after.ece(),
        Reliability.DEFAULT_BINS);
    line("Brier", "%.4f before, %.4f after", before.brier(), after.brier());
    line("log loss", "%.4f before, %.4f after", found.lossBefore(), found.lossAfter());
    if (found.bounded()) {
      console
          .err()
          .println(
              found.value() == Temperature.LOWEST
                  ? "The classes are parted without an error: any lower temperature would fit"
                      + " better. These patches cannot say how sure the model may be."
                  : "The logits do not point to the class: no temperature helps.");
    }
  }

  private void line(String name, String format, Object... values) {
    console
        .out()
        .println(
            String.format(Locale.ROOT, "%-12s", name) + String.format(Locale.ROOT, format, values));
  }

  private static MicrometException wrong(String subject, String problem) {
    return new MicrometException(
        ErrorKind.USAGE, subject, problem, "`micromet calibrate --help` lists the options.");
  }
}
