// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.detect.Model;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.DetectionSource;
import io.github.micromet.eval.FrocInputs;
import io.github.micromet.eval.SlideScores;
import io.github.micromet.eval.stat.LabelledScore;
import io.github.micromet.eval.stat.Proportion;
import io.github.micromet.eval.stat.Roc;
import io.github.micromet.eval.stat.RocDifference;
import io.github.micromet.file.Folders;
import io.github.micromet.net.Precision;
import io.github.micromet.report.StatReport;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "roc",
    description = {
      "Measure how well whole slides, or patches, are told apart.",
      "ROC curve and the area under it with DeLong's interval. A slide's score is the highest probability of its map, or of its detections."
    })
final class RocCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "Folder of `micromet detect`, or of maps (NAME.npy) or detections.")
  private Optional<Path> run;

  @Option(
      names = "--truth",
      paramLabel = "DIR",
      description =
          "Masks or annotations, one a slide; a slide without one, or with an empty one, is"
              + " tumour-free.")
  private Optional<Path> truth;

  @Option(
      names = "--labels",
      paramLabel = "CSV",
      description = "Instead of --truth: lines of slide,label; 1 is tumour.")
  private Optional<Path> labels;

  @Option(
      names = "--patches",
      paramLabel = "DIR|CSV",
      description =
          "Instead of slides: labelled images of patches, scored by --model; those for validation, if"
              + " a list or folders say which.")
  private Optional<Path> patches;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "With --patches: the weights (default: the published model, once downloaded).")
  private Optional<Path> model;

  @Option(
      names = "--mpp",
      paramLabel = "MICRONS",
      description = "Microns per pixel of --patches (default: the model's).")
  private Optional<Double> mpp;

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description = "Results of another model on the same slides: DeLong's paired test.")
  private Optional<Path> against;

  @Option(
      names = "--confidence",
      paramLabel = "P",
      defaultValue = "0.95",
      description = "Of the intervals (default: ${DEFAULT-VALUE}).")
  private double confidence;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for roc.json, roc.csv, roc_cases.csv and roc.png (default: only the table).")
  private Optional<Path> out;

  private final Console console;

  RocCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (run.isPresent() == patches.isPresent()) {
      throw wrong("roc", "measures slides, of a folder, or --patches: one of them");
    }
    if (patches.isEmpty() && truth.isPresent() == labels.isPresent()) {
      throw wrong("--truth and --labels", "say the same: one of them is needed, not both");
    }
    if (patches.isPresent() && against.isPresent()) {
      throw wrong("--against", "is for slides");
    }
    if (patches.isPresent() && (truth.isPresent() || labels.isPresent())) {
      throw wrong("--truth and --labels", "are of slides; patches have their labels");
    }
    if (patches.isEmpty() && (model.isPresent() || mpp.isPresent())) {
      throw wrong("--model and --mpp", "are of --patches; slides are scored already");
    }
    PatchScoring.checkMpp(mpp);
    if (!(confidence > 0 && confidence < 1)) {
      throw wrong("--confidence", "is between 0 and 1, not " + confidence);
    }
    List<LabelledScore> cases = patches.isPresent() ? patchScores() : scores(run.orElseThrow());
    Roc roc = Roc.of(LabelledScore.scores(cases), LabelledScore.truths(cases), confidence);
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("cases", patches.isPresent() ? "patches, scored by logit" : "slides");
    // Names only: folders of the machine never enter a file.
    more.put("of", nameOf(run.or(() -> patches).orElseThrow()));
    tell(roc);
    if (patches.isPresent()) {
      accuracy(cases, more);
    }
    against.ifPresent(other -> compare(cases, other, more));
    out.ifPresent(folder -> write(folder, roc, cases, more));
    return 0;
  }

  private List<LabelledScore> patchScores() {
    Path file = Models.choose(model, console.environment());
    OptionalDouble given = mpp.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    try (Model loaded = Models.load(file, Precision.FP32)) {
      return PatchScoring.score(patches.orElseThrow(), given, loaded.engine(), console);
    }
  }

  private void accuracy(List<LabelledScore> cases, Map<String, Object> more) {
    // A logit above 0 is a probability above 0.5.
    long right = cases.stream().filter(one -> one.score() > 0 == one.positive()).count();
    Proportion accuracy = Proportion.of(right, cases.size(), confidence);
    line(
        "accuracy",
        "%.4f (%d of %d), %s %% interval %.4f to %.4f (Wilson)",
        accuracy.value(),
        right,
        cases.size(),
        percent(),
        accuracy.interval().low(),
        accuracy.interval().high());
    more.put("accuracy", accuracy.value());
    more.put("accuracyLow", accuracy.interval().low());
    more.put("accuracyHigh", accuracy.interval().high());
  }

  private List<LabelledScore> scores(Path folder) {
    DetectionSource source = FrocInputs.sourceOf(folder);
    SlideScores found =
        labels.isPresent()
            ? SlideScores.ofLabels(folder, source, labels.get())
            : SlideScores.ofTruth(
                new FrocInputs(folder, source, truth.orElseThrow(), Optional.empty(), 0),
                name -> {});
    found.warnings().forEach(console.err()::println);
    return found.cases();
  }

  private void tell(Roc roc) {
    line(
        patches.isPresent() ? "patches" : "slides",
        "%d with tumour, %d without",
        roc.positives(),
        roc.negatives());
    if (Double.isNaN(roc.auc())) {
      line("AUC", "not defined: it needs cases of both kinds");
    } else if (Double.isNaN(roc.interval().low())) {
      line("AUC", "%.4f, no interval: %s", roc.auc(), without(roc));
    } else {
      line(
          "AUC",
          "%.4f, %s %% interval %.4f to %.4f (DeLong, logit scale)",
          roc.auc(),
          percent(),
          roc.interval().low(),
          roc.interval().high());
    }
  }

  private static String without(Roc roc) {
    return roc.positives() < 2 || roc.negatives() < 2
        ? "DeLong's needs two cases of each kind"
        : "every case of a class has the same part in it, so DeLong's variance is 0 and says nothing";
  }

  private void compare(List<LabelledScore> cases, Path other, Map<String, Object> more) {
    List<LabelledScore> others = scores(other);
    if (!names(cases).equals(names(others))) {
      throw wrong(
          "--against " + other,
          "has "
              + others.size()
              + " slides that are not the same as the "
              + cases.size()
              + " of "
              + run.orElseThrow());
    }
    RocDifference difference =
        RocDifference.of(
            LabelledScore.scores(cases),
            LabelledScore.scores(others),
            LabelledScore.truths(cases),
            confidence);
    line("against", "AUC %.4f of %s", difference.second(), other);
    if (Double.isNaN(difference.p())) {
      line(
          "difference",
          "%+.4f, no interval and no p: %s",
          difference.difference(),
          Double.isNaN(difference.variance())
              ? "DeLong's needs two cases of each kind"
              : "every case differs by the same amount, so DeLong's variance is 0 and says nothing");
    } else {
      line(
          "difference",
          "%+.4f, %s %% interval %+.4f to %+.4f, p %.4f (DeLong, paired)",
          difference.difference(),
          percent(),
          difference.interval().low(),
          difference.interval().high(),
          difference.p());
    }
    more.put("against", nameOf(other));
    more.put("difference", difference.difference());
    if (!Double.isNaN(difference.p())) {
      more.put("differenceLow", difference.interval().low());
      more.put("differenceHigh", difference.interval().high());
      more.put("p", difference.p());
    }
  }

  private static String nameOf(Path given) {
    Path name = given.toAbsolutePath().normalize().getFileName();
    return name == null ? "" : name.toString();
  }

  private static List<String> names(List<LabelledScore> cases) {
    return cases.stream().map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
  }

  private void write(Path folder, Roc roc, List<LabelledScore> cases, Map<String, Object> more) {
    Folders.make(folder);
    StatReport.roc(folder, roc, cases, more).forEach(console.out()::println);
  }

  private String percent() {
    return BigDecimal.valueOf(confidence).movePointRight(2).stripTrailingZeros().toPlainString();
  }

  private void line(String name, String format, Object... values) {
    console
        .out()
        .println(
            String.format(Locale.ROOT, "%-11s", name) + String.format(Locale.ROOT, format, values));
  }

  private static MicrometException wrong(String subject, String problem) {
    return new MicrometException(
        ErrorKind.USAGE, subject, problem, "`micromet roc --help` lists the options.");
  }
}
