// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.error.MicrometException;
import io.github.micromet.net.NativeMemory;
import io.github.micromet.net.TrainableNet;
import io.github.micromet.net.TrainableNet.Mode;
import io.github.micromet.run.Progress;
import io.github.micromet.train.TrainResult.Ending;
import io.github.micromet.train.augment.Augmentation;
import io.github.micromet.train.augment.StandardAugmentation;
import io.github.micromet.train.group.Group;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.TrainingLists;
import io.github.micromet.train.sample.EpochOrder;
import io.github.micromet.train.sample.SampleReader;
import io.github.micromet.train.sample.SampleStore;
import io.github.micromet.train.sample.TrainingBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training, from labelled places to weights. The road of the data is that of a detection as far
 * as the batch; read {@link #fit()} from top to bottom.
 *
 * <p>Threads: one, beside the readers; with several processes each has one of these, and all do the
 * same steps in the same order.
 */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final Recipe recipe;
  private final TrainingLists lists;
  private final EpochOrder order;
  private final Augmentation augmentation;
  private final Group group;
  private final SampleStore store;
  private final TrainableNet net;
  private final Novograd optimiser;
  private final CosineSchedule schedule;
  private final Together together;
  private final Step step;
  private final WhiteTiles whiteTiles;
  private final Keeper keeper;
  private final Progress progress;
  private final Consumer<EpochResult> told;
  private final BooleanSupplier stop;

  private TrainingState state;

  private Trainer(
      TrainOptions options,
      TrainingLists lists,
      Group group,
      Parts parts,
      Progress progress,
      Consumer<EpochResult> told,
      BooleanSupplier stop) {
    this.recipe = options.recipe();
    this.lists = lists;
    this.order = Start.order(recipe, group);
    this.augmentation =
        recipe
            .augmentation()
            .<Augmentation>map(StandardAugmentation::new)
            .orElse(Augmentation.NONE);
    this.group = group;
    this.store = parts.store();
    this.net = parts.net();
    this.optimiser = parts.optimiser();
    this.keeper = parts.keeper();
    this.state = parts.state();
    this.schedule = new CosineSchedule(recipe.learningRate(), recipe.epochs());
    this.together = new Together(group, net);
    this.step = new Step(net, optimiser, together, recipe.freezeBatchNorm(), stop);
    this.whiteTiles = new WhiteTiles(store::faults);
    this.progress = progress;
    this.told = told;
    this.stop = stop;
  }

  /**
   * Trains, and leaves the folder's files: {@code model.pt} with the weights of the best epoch, the
   * last checkpoint, the logs.
   *
   * @param lists checked; without validation regions the last epoch's weights are the best
   * @param group the processes that train together; {@link Group#ALONE}
   * @param progress one stage an epoch, one a validation, in patches of all processes
   * @param told of each epoch that ends, on rank 0
   * @param stop asked after each step and each batch; when it says yes in any process, the step
   *     that is not finished is given up, a checkpoint is written and all return
   * @throws MicrometException of kind USAGE if the folder holds something else, settings differ
   *     from those of the training that is resumed, or the loss is not a number any more (the last
   *     checkpoint stays); of kind INPUT if a slide cannot be read; of kind RESOURCE if a step does
   *     not fit in memory, a file cannot be written or another process is lost
   */
  public static TrainResult run(
      TrainOptions options,
      TrainingLists lists,
      Group group,
      Progress progress,
      Consumer<EpochResult> told,
      BooleanSupplier stop) {
    long begun = System.nanoTime();
    try (Parts parts = Start.prepare(options, lists, group)) {
      Trainer trainer = new Trainer(options, lists, group, parts, progress, told, stop);
      Ending ending = trainer.fitOrSay();
      parts.keeper().end(ending, trainer.state);
      return trainer.result(ending, options, (System.nanoTime() - begun) / 1e9);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while training", e);
    }
  }

  /** A failure is in the record, and told in our words. */
  private Ending fitOrSay() throws InterruptedException {
    try {
      return fit();
    } catch (RuntimeException e) {
      try {
        keeper.failed(state);
      } catch (RuntimeException secondary) {
        e.addSuppressed(secondary);
      }
      throw NativeMemory.isExhausted(e) ? StepMemory.exhausted(recipe, e) : e;
    }
  }

  /** Epoch by epoch, step by step. */
  private Ending fit() throws InterruptedException {
    together.shareWeights();
    while (state.epoch() <= recipe.epochs()) {
      if (isTimeToStopEarly()) {
        return Ending.EARLY;
      }
      long begun = System.nanoTime();
      int epoch = state.epoch();
      double rate = schedule.rate(epoch);
      long before = state.sum().patches();
      if (!trainEpoch(epoch, rate)) {
        return Ending.STOPPED;
      }
      double perSecond = (state.sum().patches() - before) * 1e9 / (System.nanoTime() - begun);
      if (!recalibrate(epoch)) {
        keeper.save(net, optimiser, state);
        return Ending.STOPPED;
      }
      boolean due = epoch % recipe.validInterval() == 0 || epoch == recipe.epochs();
      OptionalDouble accuracy = OptionalDouble.empty();
      if (due && !lists.validation().isEmpty()) {
        keeper.save(net, optimiser, state); // a kill in the validation costs none of the epoch
        accuracy = validate(epoch);
        if (accuracy.isEmpty()) {
          return Ending.STOPPED;
        }
      }
      EpochResult result =
          new EpochResult(
              epoch,
              state.sum().meanLoss(),
              state.sum().accuracy(),
              accuracy,
              lists.validation().isEmpty() || state.isBest(accuracy),
              rate,
              state.sum().patches(),
              perSecond,
              (System.nanoTime() - begun) / 1e9);
      state = state.afterEpoch(result);
      keeper.endEpoch(net, optimiser, state, result);
      if (group.rank() == 0) {
        told.accept(result);
      }
      whiteTiles.tell(
          (slide, count) ->
              LOG.warn("{}: {} tiles could not be decoded and are white", slide, count));
    }
    return Ending.DONE;
  }

  /** The steps of an epoch that are not done yet; false if it was stopped before the last's end. */
  private boolean trainEpoch(int epoch, double rate) throws InterruptedException {
    List<LabelledRegion> regions = lists.training();
    int[] own = order.indices(regions.size(), epoch, group.rank(), group.size());
    int regionsInStep = recipe.batch() * recipe.accumulate();
    int steps = (own.length + regionsInStep - 1) / regionsInStep;
    int done = state.stepsInEpoch();
    int[] left = Arrays.copyOfRange(own, Math.min(done * regionsInStep, own.length), own.length);
    progress.begin(
        "epoch " + epoch + " of " + recipe.epochs(), (long) group.size() * patches(left).size());
    try (SampleReader reader =
        new SampleReader(store, regions, own, augmentation, epoch, firstBatch(done, own.length))) {
      for (int step = done; step < steps; step++) {
        int[] visited =
            Arrays.copyOfRange(
                own, step * regionsInStep, Math.min((step + 1) * regionsInStep, own.length));
        Optional<Step.Sum> taken = take(reader, visited, epoch, rate);
        if (taken.isPresent()) {
          EpochSum sum = taken.get().sum();
          state = state.afterStep(sum);
          keeper.step(state, sum.meanLoss());
          progress.advance(sum.patches());
        }
        boolean stopped = taken.map(Step.Sum::stop).orElse(true);
        if (stopped && state.steps() > 0 || step + 1 < steps && keeper.isDue()) {
          keeper.save(net, optimiser, state);
        }
        if (stopped) {
          progress.end();
          return false;
        }
      }
    }
    progress.end();
    return true;
  }

  private Optional<Step.Sum> take(SampleReader reader, int[] visited, int epoch, double rate)
      throws InterruptedException {
    Diverged place =
        new Diverged(
            epoch,
            state.stepsInEpoch() + 1,
            rate,
            Arrays.stream(visited).mapToObj(lists.training()::get).toList());
    Step.Batches batches =
        number -> {
          TrainingBatch batch = reader.next().orElseThrow();
          if (state.steps() == 0 && number == 0) {
            keeper.samples(batch);
          }
          return batch;
        };
    int count = (visited.length + recipe.batch() - 1) / recipe.batch();
    try {
      return step.take(count, patches(visited).size(), batches, rate, place);
    } catch (MicrometException e) {
      progress.end();
      throw e;
    }
  }

  private int firstBatch(int steps, int regions) {
    int all = (regions + recipe.batch() - 1) / recipe.batch();
    return Math.min(steps * recipe.accumulate(), all);
  }

  /**
   * Sets the running statistics anew over the epoch's first batches, where that is asked for; false
   * if it was stopped. It may be done again: what the statistics were before does not matter.
   */
  private boolean recalibrate(int epoch) throws InterruptedException {
    if (recipe.recalibrate() == 0) {
      return true;
    }
    List<LabelledRegion> regions = lists.training();
    int[] own = order.indices(regions.size(), epoch, group.rank(), group.size());
    int[] first =
        Arrays.copyOf(
            own, (int) Math.min(own.length, (long) recipe.recalibrate() * recipe.batch()));
    progress.begin("statistics " + epoch + " of " + recipe.epochs(), patches(first).size());
    try (SampleReader reader =
        new SampleReader(store, regions, first, Augmentation.NONE, epoch, 0)) {
      for (int seen = 0; seen < reader.batches(); seen++) {
        if (together.any(stop.getAsBoolean())) {
          progress.end();
          return false;
        }
        try (TrainingBatch batch = reader.next().orElseThrow()) {
          net.recalibrate(batch.pixels(), seen);
          progress.advance(batch.labels().length);
        }
      }
    }
    together.averageStatistics();
    progress.end();
    return true;
  }

  /** The part of validation patches on the right side; empty if it was stopped. */
  private OptionalDouble validate(int epoch) throws InterruptedException {
    List<LabelledRegion> regions = lists.validation();
    int[] own = EpochOrder.OF_VALIDATION.indices(regions.size(), epoch, group.rank(), group.size());
    EpochSum sum = EpochSum.NONE;
    together.shareStatistics();
    progress.begin(
        "validation " + epoch + " of " + recipe.epochs(),
        regions.stream().mapToLong(region -> region.labels().size()).sum());
    try (SampleReader reader = new SampleReader(store, regions, own, Augmentation.NONE, epoch, 0)) {
      // The processes may have different numbers of batches; so many each has.
      int common = (regions.size() / group.size() + recipe.batch() - 1) / recipe.batch();
      for (int number = 0; number < reader.batches(); number++) {
        if (number < common && together.any(stop.getAsBoolean())) {
          progress.end();
          return OptionalDouble.empty();
        }
        try (TrainingBatch batch = reader.next().orElseThrow();
            PointerScope scope = new PointerScope()) {
          Tensor logits = net.forward(batch.pixels(), Mode.EVALUATION);
          int correct = Accuracy.count(logits, batch.labels());
          sum = sum.plus(new EpochSum(0, correct, batch.labels().length));
          progress.advance((long) group.size() * batch.labels().length);
        }
      }
    }
    double[] all = together.sum(sum.correct(), sum.patches());
    progress.end();
    return OptionalDouble.of(all[0] / all[1]);
  }

  private boolean isTimeToStopEarly() {
    return recipe.earlyStop().isPresent() && state.worse() >= recipe.earlyStop().getAsInt();
  }

  private List<Integer> patches(int[] visited) {
    return Arrays.stream(visited)
        .boxed()
        .flatMap(index -> lists.training().get(index).labels().stream())
        .toList();
  }

  private TrainResult result(Ending ending, TrainOptions options, double seconds) {
    return new TrainResult(
        ending,
        options.out().resolve(TrainFolder.MODEL),
        state.best().map(EpochResult::validAccuracy).orElse(OptionalDouble.empty()),
        state.best().map(best -> OptionalInt.of(best.epoch())).orElse(OptionalInt.empty()),
        state.done(),
        state.steps(),
        seconds);
  }
}
