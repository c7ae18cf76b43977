// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.ContractJson;
import io.github.micromet.net.ModelContract;
import io.github.micromet.net.NamedTensor;
import io.github.micromet.net.TumorNet;
import io.github.micromet.net.weights.SafetensorsWriter;
import io.github.micromet.run.Calibration;
import io.github.micromet.run.Parameters;
import io.github.micromet.run.Progress;
import io.github.micromet.run.RunJson;
import io.github.micromet.train.TrainResult.Ending;
import io.github.micromet.train.group.Group;
import io.github.micromet.train.label.TrainingLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of a few patches, each a second or two. */
class TrainerTest {
  private static final Recipe RECIPE = Patches.recipe(2, 1, 1);
  private static final int STEPS = 2;
  private static final String MEAN = "features.1.running_mean";

  @TempDir private static Path shared;
  private static TrainingLists lists;
  private static TrainResult whole;
  private static List<EpochResult> told;

  @TempDir private Path folder;

  @BeforeAll
  static void trainWithoutAPause() throws IOException {
    lists = Patches.in(shared, 2, 1);
    told = new ArrayList<>();
    whole =
        Trainer.run(
            options(shared.resolve("whole"), RECIPE),
            lists,
            Group.ALONE,
            Progress.NONE,
            told::add,
            () -> false);
  }

  @Test
  void everyEpochIsToldWithTheRateOfACosine() {
    assertThat(whole.ending()).isEqualTo(Ending.DONE);
    assertThat(whole.steps()).isEqualTo(4);
    assertThat(told).isEqualTo(whole.epochs()).hasSize(2);
    assertThat(told).extracting(EpochResult::learningRate).containsExactly(1e-3, 5e-4);
    assertThat(told).extracting(EpochResult::patches).containsOnly(2L);
    assertThat(told).allSatisfy(epoch -> assertThat(epoch.loss()).isBetween(1e-6, 10.0));
  }

  @Test
  void theFolderHasTheBestWeightsTheCheckpointTheRecordAndTheLogs() throws IOException {
    Path out = whole.model().getParent();
    assertThat(TumorNet.load(whole.model()).state().size()).isEqualTo(122);
    assertThat(out.resolve(TrainFolder.RECORD))
        .content()
        .contains("\"--early-stop\" : \"never\"", "\"--checkpoint-every\" : \"15m\"");
    for (String name :
        List.of(TrainFolder.LAST, TrainFolder.CSV, TrainFolder.PICTURE, TrainFolder.CARD)) {
      assertThat(out.resolve(name)).isNotEmptyFile();
    }
    assertThat(Files.readString(out.resolve(TrainFolder.RECORD)))
        .contains("\"status\" : \"done\"", "\"--lr\" : 0.001", "\"positive\" : 1");
    assertThat(out.resolve(TrainFolder.EVENTS)).isNotEmptyDirectory();
  }

  @Test
  void aTrainingStoppedWithinAnEpochAndResumedEndsWithTheSameBytes() throws IOException {
    Path out = folder.resolve("out");
    TrainResult stopped = train(options(out, RECIPE), () -> true);
    assertThat(stopped.ending()).isEqualTo(Ending.STOPPED);
    assertThat(stopped.steps()).isEqualTo(1);
    assertThat(stopped.model()).doesNotExist();

    int[] asked = {0};
    TrainResult again = train(options(out, RECIPE).resumed(), () -> ++asked[0] > 2);
    assertThat(again.steps()).as("within the second epoch").isEqualTo(3);
    TrainResult resumed = train(options(out, RECIPE).resumed(), () -> false);

    assertThat(resumed.steps()).isEqualTo(4);
    assertThat(resumed.model()).hasSameBinaryContentAs(whole.model());
    assertThat(numbers(resumed)).isEqualTo(numbers(whole));
    assertThat(out.resolve(TrainFolder.CSV))
        .hasSameTextualContentAs(whole.model().resolveSibling(TrainFolder.CSV));
  }

  @Test
  void aTrainingWithOtherSettingsIsNotResumedAndBothValuesAreNamed() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.copy(whole.model().resolveSibling(TrainFolder.LAST), out.resolve(TrainFolder.LAST));

    assertThatThrownBy(() -> train(options(out, RECIPE.withEpochs(2, 1e-4)).resumed(), () -> false))
        .isInstanceOfSatisfying(
            MicrometException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USAGE))
        .hasMessageContaining("--lr is 1.0E-4, but the training of " + out + " has 0.001");
    assertThat(out).isDirectoryNotContaining("glob:**/" + TrainFolder.RECORD);
  }

  @Test
  void aFolderWithATrainingIsNotUsedForAnother() {
    assertThatThrownBy(() -> train(options(whole.model().getParent(), RECIPE), () -> false))
        .isInstanceOfSatisfying(
            MicrometException.class, e -> assertThat(e.remedy()).startsWith("Add --resume"))
        .hasMessageContaining("holds a training already");
    assertThat(whole.model()).isNotEmptyFile();
  }

  @Test
  void aRateThatIsTooHighEndsWithTheStepItsRegionsAndTheCheckpointBefore() throws IOException {
    Path out = folder.resolve("out");
    Recipe wild = Patches.recipe(1, 1, 1).withEpochs(1, 1e30);
    TrainOptions every =
        new TrainOptions(
            out,
            Optional.empty(),
            false,
            wild,
            1,
            1,
            OptionalLong.empty(),
            1,
            new CheckpointEvery.Steps(1));

    assertThatThrownBy(() -> train(every, () -> false))
        .isInstanceOfSatisfying(
            MicrometException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
              assertThat(e.remedy()).contains("--lr").contains("1.0E30");
            })
        .hasMessage(
            "epoch 1, step 2: the loss is not a number any more, with the regions t1.png and the"
                + " weights of the step before");
    assertThat(LastCheckpoint.of(out).orElseThrow().state().steps()).isEqualTo(1);
    assertThat(out.resolve(TrainFolder.RECORD)).content().contains("\"status\" : \"failed\"");
    assertThat(out.resolve(TrainFolder.MODEL)).doesNotExist();
  }

  @Test
  void weightsThatAreNotFiniteEndWithTheStepThatMadeThemSo() {
    Diverged place = new Diverged(2, 3, 0.1, lists.training());
    try (PointerScope scope = new PointerScope()) {
      Tensor large = Tensor.create(3e38f, 3e38f);
      Tensor broken = Tensor.create(1f, Float.NaN);

      place.check(List.of(new NamedTensor("fc.weight", large)));
      assertThatThrownBy(() -> place.check(List.of(new NamedTensor("fc.bias", broken))))
          .hasMessage(
              "epoch 2, step 3: fc.bias is not finite any more, after the regions t0.png, t1.png");
    }
  }

  @Test
  void aStepStoppedBetweenItsPartsIsGivenUpAndResumedToTheSameBytes() throws IOException {
    TrainingLists few =
        new TrainingLists(Patches.in(folder, 4, 0).training(), List.of(), List.of());
    Recipe parts = Patches.recipe(1, 1, 2);
    TrainResult straight = train(options(folder.resolve("a"), parts), few);
    TrainOptions again = options(folder.resolve("b"), parts);

    TrainResult first = train(again, few, () -> true);
    assertThat(first.ending()).isEqualTo(Ending.STOPPED);
    assertThat(first.steps()).as("given up").isZero();
    assertThat(again.out().resolve(TrainFolder.LAST)).doesNotExist();
    int[] asked = {0};
    TrainResult second = train(again.resumed(), few, () -> ++asked[0] > 2);
    assertThat(second.steps()).isEqualTo(1);

    TrainResult resumed = train(again.resumed(), few);
    assertThat(resumed.ending()).isEqualTo(Ending.DONE);
    assertThat(resumed.model()).hasSameBinaryContentAs(straight.model());
  }

  @Test
  void theLastEpochsEndIsAnEndEvenIfItWasTimeToStopEarly() {
    Recipe impatient = Patches.impatient(RECIPE);
    TrainResult both = train(options(folder.resolve("out"), impatient), () -> false);

    assertThat(both.epochs().get(1).best()).as("worse or equal").isFalse();
    assertThat(both.ending()).isEqualTo(Ending.DONE);
    Recipe longer = Patches.impatient(RECIPE.withEpochs(3, 1e-3));
    TrainResult early = train(options(folder.resolve("early"), longer), () -> false);
    assertThat(early.epochs()).hasSize(2);
    assertThat(early.ending()).isEqualTo(Ending.EARLY);
  }

  @Test
  void finishedWeightsWithoutACheckpointAreNotTouchedByAResume() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    for (String name : List.of(TrainFolder.MODEL, TrainFolder.RECORD)) {
      Files.copy(whole.model().resolveSibling(name), out.resolve(name));
    }

    assertThatThrownBy(() -> train(options(out, RECIPE).resumed(), () -> false))
        .isInstanceOfSatisfying(
            MicrometException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USAGE))
        .hasMessage(out + ": holds model.pt but no last.safetensors to go on from");
    assertThat(out.resolve(TrainFolder.MODEL)).hasSameBinaryContentAs(whole.model());
  }

  @Test
  void aTrainingThatBeginsAnewRemovesItsOwnFilesOnlyAndTheCalibrationOfItsModel()
      throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Path log = Files.createDirectories(out.resolve("log/mine"));
    Path note = Files.writeString(log.resolve("note.txt"), "mine");
    Path events = Files.writeString(out.resolve("log/events.out.tfevents.1.h.2.3"), "old");
    Path calibration = Files.writeString(Calibration.beside(out.resolve(TrainFolder.MODEL)), "{}");
    Files.copy(whole.model(), out.resolve(TrainFolder.MODEL));
    String record = Files.readString(whole.model().resolveSibling(TrainFolder.RECORD));
    Files.writeString(out.resolve(TrainFolder.RECORD), record.replace("\"done\"", "\"running\""));
    Parameters settings = LastCheckpoint.of(whole.model().getParent()).orElseThrow().parameters();

    try (TrainFolder unfinished = TrainFolder.open(options(out, RECIPE).resumed())) {
      unfinished.begin(true, settings);
    }
    assertThat(note).hasContent("mine");
    assertThat(events).doesNotExist();
    assertThat(calibration).doesNotExist();
    assertThat(out.resolve(TrainFolder.MODEL)).doesNotExist();
  }

  @Test
  void fewerValidationRegionsThanProcessesAreRefusedBeforeTheFirstStep() {
    Path out = folder.resolve("out");
    assertThatThrownBy(
            () ->
                Trainer.run(
                    options(out, RECIPE),
                    lists,
                    new Pair(new double[0]),
                    Progress.NONE,
                    epoch -> {},
                    () -> false))
        .hasMessage("1 samples: are fewer than the 2 processes that share them");
    assertThat(out).doesNotExist();
  }

  @Test
  void aCheckpointOfATrainingIsSomethingToStartFromAndToGoOnFromWithoutTheFirstWeights()
      throws IOException {
    Path last = whole.model().resolveSibling(TrainFolder.LAST);
    FirstWeights first = FirstWeights.of(Patches.from(RECIPE, last));
    assertThat(first.said())
        .hasValueSatisfying(said -> assertThat(said).contains("last checkpoint"));
    assertThat(first.net().state().get(MEAN).orElseThrow().floatArray())
        .isEqualTo(LastCheckpoint.read(last).weights().get(MEAN).orElseThrow().floatArray());

    TrainOptions begun = options(folder.resolve("out"), Patches.from(RECIPE, whole.model()));
    assertThat(train(begun, () -> true).steps()).isEqualTo(1);
    TrainResult resumed = train(options(begun.out(), RECIPE).resumed(), () -> false);
    assertThat(resumed.steps()).isEqualTo(4);
    assertThat(begun.out().resolve(TrainFolder.RECORD)).content().contains("model.pt, sha256");
  }

  @Test
  void whatChangedSinceATrainingWasStoppedIsTold() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    String record = Files.readString(whole.model().resolveSibling(TrainFolder.RECORD));
    Files.writeString(
        out.resolve(TrainFolder.RECORD),
        record.replaceFirst("\"libtorch\" : \"[^\"]*\"", "\"libtorch\" : \"0.1\""));
    Files.copy(whole.model().resolveSibling(TrainFolder.CARD), out.resolve(TrainFolder.CARD));
    Files.writeString(out.resolve(TrainFolder.MODEL), "another");
    TrainRecord now =
        RunJson.read(
            whole.model().resolveSibling(TrainFolder.RECORD),
            TrainRecord.FORMAT,
            1,
            TrainRecord.class);

    try (TrainFolder stopped = TrainFolder.open(options(out, RECIPE).resumed())) {
      assertThat(stopped.changes(now))
          .satisfiesExactly(
              libraries ->
                  assertThat(libraries).startsWith("the set of libraries was {libtorch=0.1}"),
              model -> assertThat(model).endsWith("is not the file that model.json describes"));
    }
  }

  @Test
  void epochsBetweenValidationsHaveNoAccuracyAndTheLastHas() {
    TrainResult result =
        train(options(folder.resolve("out"), Patches.seldom(RECIPE, 5)), () -> false);
    assertThat(result.epochs().get(0).validAccuracy()).isEmpty();
    assertThat(result.epochs().get(0).best()).isFalse();
    assertThat(result.epochs().get(1).validAccuracy()).isPresent();
    assertThat(result.bestEpoch()).hasValue(2);
  }

  @Test
  void stoppingEarlyWithoutAValidationIsRefused() {
    TrainingLists none = new TrainingLists(lists.training(), List.of(), List.of());
    assertThatThrownBy(() -> train(options(folder.resolve("out"), Patches.impatient(RECIPE)), none))
        .hasMessage("--early-stop: has no validation to go by");
  }

  @Test
  void processesThatDifferInASettingAreToldWhichAndMayDifferInTheirCores() {
    Parameters own = Parameters.NONE.with("--lr", 0.001).with("--threads", 8);
    Parameters cores = Parameters.NONE.with("--lr", 0.001).with("--threads", 16);
    Parameters rate = Parameters.NONE.with("--lr", 0.1).with("--threads", 8);
    TrainingState start = TrainingState.START;

    Start.requireAgreement(new Pair(Start.fingerprint(cores, start)), own, start);
    assertThatThrownBy(
            () -> Start.requireAgreement(new Pair(Start.fingerprint(rate, start)), own, start))
        .hasMessage("the processes: differ in --lr: this one has 0.001");
  }

  /** This process and another, which has only numbers. */
  private record Pair(double[] other) implements Group {
    @Override
    public int rank() {
      return 0;
    }

    @Override
    public int size() {
      return 2;
    }

    @Override
    public void sum(Tensor inPlace) {
      inPlace.add_(Tensor.create(other, (long) other.length));
    }

    @Override
    public void broadcast(Tensor inPlace) {}

    @Override
    public void close() {}
  }

  @Test
  void weightsOfAnotherContractAreRefusedBecauseTheModelCouldNotSayIt() throws IOException {
    ModelContract reference = ModelContract.REFERENCE;
    ModelContract other =
        new ModelContract(
            reference.window(),
            0.5,
            reference.channels(),
            reference.scaling(),
            reference.activation(),
            reference.outputStride());
    Path init = folder.resolve("half.safetensors");
    SafetensorsWriter.write(
        init,
        TumorNet.untrained().state(),
        Map.of(TumorNet.CONTRACT_KEY, ContractJson.write(other)));

    assertThatThrownBy(() -> FirstWeights.of(Patches.from(RECIPE, init)))
        .isInstanceOfSatisfying(
            MicrometException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USAGE))
        .hasMessageContaining("half.safetensors: has another contract")
        .hasMessageContaining("mpp=0.5");
  }

  @Test
  void statisticsSetAnewAreThoseOfTheEpochsBatchesOnResumeTooAndWeightsStay() throws IOException {
    TrainingLists few = new TrainingLists(lists.training(), List.of(), List.of());
    Recipe plain = Patches.recipe(1, 1, 1).withNorm(0.9, 0);
    TrainResult without = train(options(folder.resolve("a"), plain), few);
    TrainResult with = train(options(folder.resolve("b"), plain.withNorm(0.9, 2)), few);

    assertThat(weights(with)).isEqualTo(weights(without));
    float[] set = entry(with, MEAN);
    assertThat(set).isNotEqualTo(entry(without, MEAN));

    int[] asked = {0};
    TrainOptions again = options(folder.resolve("c"), plain.withNorm(0.9, 2));
    TrainResult stopped =
        Trainer.run(
            again, few, Group.ALONE, Progress.NONE, epoch -> {}, () -> ++asked[0] > STEPS + 1);
    assertThat(stopped.ending()).as("between its batches").isEqualTo(Ending.STOPPED);
    assertThat(stopped.epochs()).isEmpty();
    TrainResult resumed = train(again.resumed(), few);
    assertThat(resumed.model()).hasSameBinaryContentAs(with.model());
  }

  @Test
  void aStepInPartsIsTheSameStepWhereBatchNormIsFrozen() throws IOException {
    TrainingLists few = new TrainingLists(lists.training(), List.of(), List.of());
    TrainResult once = train(options(folder.resolve("a"), frozen(2, 1)), few);
    TrainResult parts = train(options(folder.resolve("b"), frozen(1, 2)), few);

    assertThat(once.steps()).isEqualTo(parts.steps()).isEqualTo(1);
    float[] one = weights(once);
    float[] other = weights(parts);
    for (int i = 0; i < one.length; i++) {
      assertThat(other[i]).isCloseTo(one[i], org.assertj.core.data.Offset.offset(1e-5f));
    }
  }

  private static Recipe frozen(int batch, int accumulate) {
    return Patches.frozen(Patches.recipe(1, batch, accumulate));
  }

  private static float[] weights(TrainResult result) {
    return entry(result, "features.0.weight");
  }

  private static float[] entry(TrainResult result, String name) {
    return TumorNet.load(result.model()).state().get(name).orElseThrow().floatArray();
  }

  private static TrainResult train(TrainOptions options, BooleanSupplier stop) {
    return Trainer.run(options, lists, Group.ALONE, Progress.NONE, epoch -> {}, stop);
  }

  private static TrainResult train(TrainOptions options, TrainingLists lists) {
    return train(options, lists, () -> false);
  }

  private static TrainResult train(
      TrainOptions options, TrainingLists lists, BooleanSupplier stop) {
    return Trainer.run(options, lists, Group.ALONE, Progress.NONE, epoch -> {}, stop);
  }

  private static TrainOptions options(Path out, Recipe recipe) {
    return new TrainOptions(
        out,
        Optional.empty(),
        false,
        recipe,
        1,
        1,
        OptionalLong.empty(),
        1,
        CheckpointEvery.DEFAULT);
  }

  /** All but how long it took. */
  private static List<EpochResult> numbers(TrainResult result) {
    return result.epochs().stream()
        .map(
            e ->
                new EpochResult(
                    e.epoch(),
                    e.loss(),
                    e.trainAccuracy(),
                    e.validAccuracy(),
                    e.best(),
                    e.learningRate(),
                    e.patches(),
                    0,
                    0))
        .toList();
  }
}
