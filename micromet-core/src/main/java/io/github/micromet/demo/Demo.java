// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.demo;

import io.github.micromet.detect.Cohort;
import io.github.micromet.detect.DetectOptions;
import io.github.micromet.detect.Mode;
import io.github.micromet.detect.Model;
import io.github.micromet.detect.SlideList;
import io.github.micromet.detect.TissueChoice;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.Compat;
import io.github.micromet.eval.DetectionSource;
import io.github.micromet.eval.FrocCohort;
import io.github.micromet.eval.FrocInputs;
import io.github.micromet.eval.Protocol;
import io.github.micromet.eval.Protocol.SlideRule;
import io.github.micromet.eval.Protocols;
import io.github.micromet.net.ModelContract;
import io.github.micromet.net.Precision;
import io.github.micromet.net.TorchEngine;
import io.github.micromet.net.TumorNet;
import io.github.micromet.run.ModelSource;
import io.github.micromet.run.SlideOutcome;
import io.github.micromet.synth.SlideGroup;
import io.github.micromet.synth.Split;
import io.github.micromet.synth.Synth;
import io.github.micromet.synth.SynthOptions;
import io.github.micromet.tissue.TissueRule;
import io.github.micromet.train.TrainOptions;
import io.github.micromet.train.TrainResult;
import io.github.micromet.train.Trainer;
import io.github.micromet.train.choose.DataListFile;
import io.github.micromet.train.choose.PatchWindows;
import io.github.micromet.train.choose.Sampling;
import io.github.micromet.train.choose.SamplingOptions;
import io.github.micromet.train.choose.SourceSlide;
import io.github.micromet.train.group.Group;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.TrainingLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The main job from end to end on drawn slides, by the classes that the commands call: read {@link
 * #run} from top to bottom.
 *
 * <p>Threads: one at a time; each stage has its own.
 */
public final class Demo {
  private static final double VARIETY = 1;
  private static final List<String> LABELS = List.of("Drawn slides: no patient's tissue.");

  private final DemoFolder folder;
  private final DemoPlan plan;
  private final long seed;
  private final DemoTold told;
  private final int cores = Runtime.getRuntime().availableProcessors();

  private Demo(DemoFolder folder, DemoPlan plan, long seed, DemoTold told) {
    this.folder = folder;
    this.plan = plan;
    this.seed = seed;
    this.told = told;
  }

  /**
   * Tells the whole story, or what is left of it where the folder holds an earlier one.
   *
   * @param out folder of all its files
   * @param seed of the cohort and of the training
   * @return empty if it was stopped; the same call goes on
   * @throws MicrometException of kind USAGE if the folder holds anything else, RESOURCE if memory
   *     or disk do not suffice
   */
  public static Optional<DemoResult> run(Path out, DemoPlan plan, long seed, DemoTold told) {
    return new Demo(DemoFolder.open(out, plan, seed), plan, seed, told).run();
  }

  /** MONAI's rules, but tumour-free slides count and each slide has its own spacing. */
  public static Protocol protocol() {
    Protocol monai = Protocols.of("monai-48");
    return new Protocol(
        "micromet-demo",
        "1",
        List.of("As monai-48, but all slides count, and each has its own spacing."),
        monai.level(),
        OptionalDouble.empty(),
        monai.maskValue(),
        monai.anyMaskValue(),
        SlideRule.ALL,
        List.of(),
        monai.growthUm(),
        monai.itcUm(),
        monai.rates(),
        DemoPlan.NMS_BOX,
        monai.threshold());
  }

  /**
   * Counts detections on the test slides of a demo, whoever made them.
   *
   * @param demo the demo's folder
   * @param detections folder of files of that kind
   */
  public static FrocCohort counted(Path demo, Path detections, DetectionSource source) {
    Path test = new DemoFolder(demo).split(Split.TEST);
    return FrocCohort.read(
        new FrocInputs(
            detections,
            source,
            test.resolve("masks"),
            Optional.of(test.resolve("images")),
            DemoPlan.CELL_LEVEL),
        protocol(),
        Compat.CORRECT,
        slide -> {});
  }

  private Optional<DemoResult> run() {
    estimate();
    paint(Split.TRAINING, plan.training());
    paint(Split.VALIDATION, plan.validation());
    paint(Split.TEST, plan.test());
    TrainingLists lists = lists();
    Optional<TumorNet> net = train(lists);
    if (net.isEmpty()) {
      return Optional.empty();
    }
    ModelContract contract = net.get().contract().withMpp(DemoPlan.MPP);
    ColourScore colour = ColourLearning.of(lists.training(), cores);
    if (!detect(network(net.get(), contract), folder.results())
        || !detect(colour(colour, contract), folder.colourResults())) {
      return Optional.empty();
    }
    return Optional.of(new DemoEvaluation(folder, plan, seed, told).evaluate());
  }

  private void estimate() {
    Estimate estimate = Estimate.of(plan, cores);
    told.note()
        .accept(
            String.format(
                Locale.ROOT,
                "This machine trains on %.1f patches and scores %.1f windows a second: about"
                    + " %.0f minutes.",
                estimate.patchesPerSecond(),
                estimate.windowsPerSecond(),
                Math.max(1, estimate.seconds() / 60)));
  }

  /** Paints a part of the cohort, unless an earlier demo has. */
  private void paint(Split split, List<SlideGroup> groups) {
    Path done = folder.split(split);
    if (Files.exists(done)) {
      return;
    }
    SynthOptions options =
        SynthOptions.DEFAULT.withSeed(split.seed(seed)).withMpp(DemoPlan.MPP).withVariety(VARIETY);
    try {
      // Aside, so that a demo that was stopped here finds no half of it.
      Path aside = Files.createTempDirectory(folder.path(), ".painting-");
      Synth.write(aside, options, groups, cores, told.progress());
      Files.move(aside, done);
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          done.toString(),
          "cannot be written (" + e.getMessage() + ")",
          "Choose another folder with --out.",
          e);
    }
  }

  /** Windows to learn from, and the list of them that `train --datalist` takes. */
  private TrainingLists lists() {
    List<LabelledRegion> training =
        windows(Split.TRAINING, plan.tumourRegions(), plan.normalRegions());
    List<LabelledRegion> validation =
        windows(Split.VALIDATION, plan.validRegions(), plan.validRegions());
    DataListFile.write(folder.dataList(), training, validation);
    return new TrainingLists(training, validation, List.of());
  }

  private List<LabelledRegion> windows(Split split, int tumour, int normal) {
    SamplingOptions options =
        SamplingOptions.DEFAULT
            .withSeed(split.seed(seed))
            .withTotal(tumour, normal)
            .withTissue(new TissueRule.Otsu(DemoPlan.CELL_LEVEL, false));
    var chosen = Sampling.of(slides(folder.split(split)), options, cores, told.progress());
    return PatchWindows.of(chosen.trainingRegions(), DemoPlan.WINDOWS_OF_A_LABEL, split.seed(seed));
  }

  private static List<SourceSlide> slides(Path part) {
    try (Stream<Path> images = Files.list(part.resolve("images"))) {
      return images
          .sorted()
          .map(image -> SourceSlide.in(List.of(part.resolve("annotations")), image))
          .toList();
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.INPUT,
          part.toString(),
          "cannot be listed (" + e.getMessage() + ")",
          "Remove the demo's folder and start again.",
          e);
    }
  }

  /** Trains, or goes on with a training that was stopped; empty if it was stopped again. */
  private Optional<TumorNet> train(TrainingLists lists) {
    TrainOptions fresh = TrainOptions.into(folder.model(), plan.recipe().withSeed(seed));
    TrainOptions options = fresh.resumed(); // begins where there is nothing to resume
    TrainResult result =
        Trainer.run(
            options,
            lists,
            Group.ALONE,
            told.progress(),
            epoch ->
                told.note()
                    .accept(
                        String.format(
                            Locale.ROOT,
                            "epoch %d of %d: loss %.3f, accuracy %.3f in training, %.3f in"
                                + " validation%s",
                            epoch.epoch(),
                            plan.recipe().epochs(),
                            epoch.loss(),
                            epoch.trainAccuracy(),
                            epoch.validAccuracy().orElse(Double.NaN),
                            epoch.best() ? ", best so far" : "")),
            told.stop());
    return result.ending() == TrainResult.Ending.STOPPED
        ? Optional.empty()
        : Optional.of(TumorNet.load(result.model()));
  }

  private static Model network(TumorNet net, ModelContract contract) {
    return new Model(
        TorchEngine.open(net, Precision.AUTO),
        new ModelSource(
            "model.pt",
            net.sha256().orElseThrow(),
            net.format().orElseThrow().name().toLowerCase(Locale.ROOT),
            contract));
  }

  private static Model colour(ColourScore score, ModelContract contract) {
    return new Model(
        new ColourEngine(score, contract), new ModelSource("mean colours", "", "none", contract));
  }

  /** False if it was stopped. */
  private boolean detect(Model model, Path results) {
    DetectOptions options =
        new DetectOptions(
            results,
            Optional.empty(),
            new Mode.Patch(),
            TissueChoice.DEFAULT,
            DemoPlan.CELL_LEVEL,
            DetectOptions.DEFAULT_THRESHOLD,
            DetectOptions.DEFAULT_BATCH,
            cores,
            Optional.empty(),
            false,
            LABELS,
            DemoPlan.NMS_BOX);
    SlideList slides =
        SlideList.of(
            List.of(folder.split(Split.TEST).resolve("images")),
            Optional.empty(),
            Optional.empty());
    try (model) {
      List<SlideOutcome> outcomes =
          Cohort.run(slides, model, options, told.progress(), outcome -> {}, told.stop());
      for (SlideOutcome outcome : outcomes) {
        if (outcome instanceof SlideOutcome.Failed failed) {
          throw new MicrometException(
              failed.kind(), failed.slideName(), failed.reason(), failed.remedy());
        }
        if (outcome instanceof SlideOutcome.Stopped) {
          return false;
        }
      }
    }
    return true;
  }
}
