// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.EngineInfo;
import io.github.micromet.net.TorchLibrary;
import io.github.micromet.net.TrainableNet;
import io.github.micromet.net.TumorNet;
import io.github.micromet.run.Machine;
import io.github.micromet.run.Parameters;
import io.github.micromet.run.Software;
import io.github.micromet.train.augment.AugmentOptions;
import io.github.micromet.train.group.Group;
import io.github.micromet.train.label.TrainingLists;
import io.github.micromet.train.log.CsvLog;
import io.github.micromet.train.log.TensorBoardLog;
import io.github.micromet.train.log.TrainPicture;
import io.github.micromet.train.log.TrainingLog;
import io.github.micromet.train.log.TrainingLogs;
import io.github.micromet.train.sample.EpochOrder;
import io.github.micromet.train.sample.SampleOptions;
import io.github.micromet.train.sample.SampleStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that is checked and made ready before the first step; nothing is written until it may be. */
final class Start {
  private static final Logger LOG = LoggerFactory.getLogger(Start.class);
  private static final String THREADS = "--threads";
  private static final long CACHE_BYTES = 96L << 20;

  private Start() {}

  /** In what order the regions are visited. */
  static EpochOrder order(Recipe recipe, Group group) {
    boolean shuffled =
        recipe.order().map(order -> order == Recipe.Order.SHUFFLED).orElse(group.size() > 1);
    return shuffled ? EpochOrder.SHUFFLED : EpochOrder.OF_FILE;
  }

  static Parts prepare(TrainOptions options, TrainingLists lists, Group group) {
    Recipe recipe = options.recipe();
    if (lists.training().isEmpty()) {
      throw new MicrometException(
          ErrorKind.USAGE, "training list", "holds no region", "Give one that does.");
    }
    StepMemory.check(
        options, Math.max(lists.training().size(), lists.validation().size()), widest(lists));
    if (!lists.validation().isEmpty()) {
      EpochOrder.OF_VALIDATION.indices(
          lists.validation().size(), 1, group.rank(), group.size()); // refused now or never
    }
    if (recipe.earlyStop().isPresent() && lists.validation().isEmpty()) {
      throw new MicrometException(
          ErrorKind.USAGE,
          "--early-stop",
          "has no validation to go by",
          "Give regions to validate on, or leave it out.");
    }
    Optional<LastCheckpoint> last =
        options.resume() ? LastCheckpoint.of(options.out()) : Optional.empty();
    FirstWeights first =
        last.filter(checkpoint -> recipe.init().isEmpty())
            .flatMap(FirstWeights::of)
            .orElseGet(() -> FirstWeights.of(recipe));
    SampleStore store = store(options, lists, first.net());
    DataSource training = DataSource.of(lists.training());
    DataSource validation = DataSource.of(lists.validation());
    Parameters decisive = parameters(options, first, training, validation, group);
    last.ifPresent(checkpoint -> checkpoint.requireSame(decisive, options.out()));
    TrainingState state = last.map(LastCheckpoint::state).orElse(TrainingState.START);
    requireAgreement(group, decisive, state);

    TrainableNet net =
        TrainableNet.of(first.net(), recipe.precision(), options.cores(), recipe.normMomentum());
    Novograd optimiser = new Novograd(net.parameters(), Novograd.Settings.REFERENCE);
    last.ifPresent(
        checkpoint -> {
          net.load(checkpoint.weights());
          optimiser.load(checkpoint.optimiser());
        });
    first.said().filter(said -> group.rank() == 0).ifPresent(LOG::warn);
    TrainRecord record = record(options, first, training, validation, decisive);
    try {
      Keeper keeper = group.rank() == 0 ? keeper(options, record, store, state) : Keeper.NOBODY;
      return new Parts(store, net, optimiser, state, keeper);
    } catch (RuntimeException e) {
      new Parts(store, net, optimiser, state, Keeper.NOBODY).close();
      throw e;
    }
  }

  private static SampleStore store(TrainOptions options, TrainingLists lists, TumorNet net) {
    SampleOptions samples =
        new SampleOptions(
            net.contract().window(),
            SampleOptions.REGION_SIZE,
            SampleOptions.GRID_SIDE,
            net.contract().mpp(),
            options.recipe().batch(),
            options.readers(),
            options.recipe().seed(),
            CACHE_BYTES);
    return SampleStore.of(samples, lists.training(), lists.validation());
  }

  /** Patches in the region that has the most. */
  private static int widest(TrainingLists lists) {
    return Stream.concat(lists.training().stream(), lists.validation().stream())
        .mapToInt(region -> region.labels().size())
        .max()
        .orElse(1);
  }

  private static Keeper keeper(
      TrainOptions options, TrainRecord record, SampleStore store, TrainingState state) {
    TrainFolder folder = TrainFolder.open(options);
    try {
      if (state.steps() == 0) {
        folder.begin(options.resume(), record.parameters());
      } else {
        folder.changes(record).forEach(LOG::warn);
      }
      return new FolderKeeper(
          folder,
          log(folder, state.steps()),
          record,
          options.checkpointEvery(),
          store::faults,
          state);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** Each goes on after that step, and forgets what came later. */
  private static TrainingLog log(TrainFolder folder, long after) {
    Path csv = folder.file(TrainFolder.CSV);
    return TrainingLogs.all(
        List.of(
            new TrainPicture(folder.file(TrainFolder.PICTURE), csv, after),
            new CsvLog(csv, after),
            new TensorBoardLog(folder.file(TrainFolder.EVENTS), after, Clock.systemUTC())));
  }

  /** The same settings, data and checkpoint everywhere, or sums would be of different things. */
  static void requireAgreement(Group group, Parameters decisive, TrainingState state) {
    List<String> names = new ArrayList<>(decisive.values().keySet());
    double[] own = fingerprint(decisive, state);
    double[] all = Together.sum(group, own);
    for (int i = 0; i < own.length; i++) {
      if (all[i] == own[i] * group.size()) {
        continue;
      }
      throw disagreement(
          i < names.size()
              ? "differ in "
                  + names.get(i)
                  + ": this one has "
                  + decisive.values().get(names.get(i))
              : "go on from different checkpoints; this one is at step " + state.steps());
    }
  }

  /** A number for each setting, and the step; machines may have different numbers of cores. */
  static double[] fingerprint(Parameters decisive, TrainingState state) {
    double[] numbers = new double[decisive.values().size() + 1];
    int at = 0;
    for (Map.Entry<String, Object> setting : decisive.values().entrySet()) {
      CRC32 crc = new CRC32();
      crc.update(setting.getValue().toString().getBytes(StandardCharsets.UTF_8));
      numbers[at++] = setting.getKey().equals(THREADS) ? 0 : crc.getValue();
    }
    numbers[at] = state.steps();
    return numbers;
  }

  private static MicrometException disagreement(String problem) {
    return new MicrometException(
        ErrorKind.USAGE,
        "the processes",
        problem,
        "Give each machine the same command, the same files and the same --out, on a disk that all"
            + " of them see.");
  }

  private static Parameters parameters(
      TrainOptions options,
      FirstWeights first,
      DataSource training,
      DataSource validation,
      Group group) {
    Recipe recipe = options.recipe();
    return Parameters.NONE
        .with("--epochs", recipe.epochs())
        .with("--batch", recipe.batch())
        .with("--accumulate", recipe.accumulate())
        .with("--lr", recipe.learningRate())
        .with("--seed", recipe.seed())
        .with("--val-interval", recipe.validInterval())
        .with("--precision", recipe.precision().here().text())
        .with("--freeze-batchnorm", recipe.freezeBatchNorm())
        .with("--norm-momentum", recipe.normMomentum())
        .with("--recalibrate", recipe.recalibrate())
        .with("--order", order(recipe, group).shuffle() ? "shuffled" : "file")
        .with(THREADS, options.cores())
        .with("augmentation", recipe.augmentation().map(AugmentOptions::toString).orElse("none"))
        .with(FirstWeights.SETTING, first.text())
        .with("processes", group.size())
        .with("training list", training.sha256())
        .with("validation list", validation.sha256());
  }

  private static TrainRecord record(
      TrainOptions options,
      FirstWeights first,
      DataSource training,
      DataSource validation,
      Parameters decisive) {
    String torch = TorchLibrary.status().version().orElse("");
    Parameters resources =
        Parameters.NONE
            .with("--readers", options.readers())
            .with("--checkpoint-every", options.checkpointEvery().text())
            .with(
                "--early-stop",
                options.recipe().earlyStop().isPresent()
                    ? (Object) options.recipe().earlyStop().getAsInt()
                    : "never")
            .with(
                "--memory",
                options.memoryBytes().isPresent()
                    ? (Object) options.memoryBytes().getAsLong()
                    : "unbounded");
    return new TrainRecord(
        TrainRecord.RUNNING,
        Optional.empty(),
        0,
        first.net().contract(),
        Software.current(new TreeMap<>(Map.of("libtorch", torch))),
        Machine.current(),
        new EngineInfo("libtorch " + torch, "cpu", options.recipe().precision().here().text()),
        decisive,
        resources,
        training,
        validation,
        List.of(),
        0,
        Map.of());
  }
}
