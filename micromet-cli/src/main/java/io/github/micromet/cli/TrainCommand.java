// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.Precision;
import io.github.micromet.run.Progress;
import io.github.micromet.train.CheckpointEvery;
import io.github.micromet.train.Recipe;
import io.github.micromet.train.TrainOptions;
import io.github.micromet.train.TrainResult;
import io.github.micromet.train.Trainer;
import io.github.micromet.train.augment.AugmentOptions;
import io.github.micromet.train.group.GlooGroup;
import io.github.micromet.train.group.Group;
import io.github.micromet.train.group.Rendezvous;
import io.github.micromet.train.label.LabelSources;
import io.github.micromet.train.label.TrainingLists;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    description = {
      "Train the network on labelled slides.",
      "Or on labelled patches. The defaults are the reference's; several processes: micromet launch."
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin private LabelOptions labels = new LabelOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for model.pt, checkpoints and logs; new or empty.")
  private Path out;

  @Option(
      names = "--overwrite",
      paramLabel = "DIR",
      description = "Names the folder of --out again when it holds a training or other files.")
  private Optional<Path> overwrite;

  @Option(
      names = "--resume",
      description =
          "Go on from the folder's last checkpoint, or from the start where there is none; settings"
              + " and data must be the same.")
  private boolean resume;

  @Option(
      names = "--init",
      paramLabel = "FILE",
      description =
          "Weights to start from: a model, or an ImageNet ResNet18 (default: drawn from the seed).")
  private Optional<Path> init;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "4",
      description = "Times over the training list (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "128",
      description =
          "Regions that each process computes at once, nine patches each (default:"
              + " ${DEFAULT-VALUE}, which needs some 36 GiB).")
  private int batch;

  @Option(
      names = "--accumulate",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "Batches that make one step; BatchNorm sees each by itself (default: ${DEFAULT-VALUE}).")
  private int accumulate;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      defaultValue = "0.001",
      description =
          "Learning rate of the first epoch; half a cosine leads it to 0 (default:"
              + " ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "15",
      description =
          "Of the first weights and of the patches' alterations (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--val-interval",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Epochs from one validation to the next; the last is always validated (default:"
              + " ${DEFAULT-VALUE}).")
  private int validInterval;

  @Option(
      names = "--early-stop",
      paramLabel = "N",
      description = "End after so many validations without a better one (default: never).")
  private Optional<Integer> earlyStop;

  @Option(
      names = "--order",
      paramLabel = "WORD",
      converter = Words.OfOrder.class,
      description =
          "file: regions as the list has them; shuffled: anew each epoch (default: as the"
              + " reference, file in one process, shuffled in several).")
  private Optional<Recipe.Order> order;

  @Option(names = "--no-augment", description = "Take patches as they are.")
  private boolean noAugment;

  @Option(
      names = "--no-jitter",
      description =
          "Leave brightness, contrast, saturation and hue as they are; flips, turns stay.")
  private boolean noJitter;

  @Option(
      names = "--stain-augment",
      description = "Alter the strength of the stains too, lightly (the reference does not).")
  private boolean stainAugment;

  @Option(
      names = "--freeze-batchnorm",
      description = "Normalise by the running statistics of --init and leave them.")
  private boolean freezeBatchNorm;

  @Option(
      names = "--norm-momentum",
      paramLabel = "X",
      defaultValue = "0.1",
      description =
          "How far a batch moves BatchNorm's running statistics; more for trainings of few steps"
              + " (default: ${DEFAULT-VALUE}, the reference's).")
  private double normMomentum;

  @Option(
      names = "--recalibrate",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "After each epoch set the running statistics anew, as the mean over its first N batches,"
              + " unaltered; for trainings of few steps (default: ${DEFAULT-VALUE}, as the"
              + " reference).")
  private int recalibrate;

  @Option(
      names = "--precision",
      paramLabel = "WORD",
      defaultValue = "auto",
      converter = Words.OfPrecision.class,
      description =
          "fp32; bf16: faster convolutions, all else in fp32; auto: bf16 where the CPU computes it"
              + " itself (default: ${DEFAULT-VALUE}).")
  private Precision precision;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Cores that compute, in each process (default: all, shared among the processes of this"
              + " machine).")
  private Optional<Integer> threads;

  @Option(
      names = "--readers",
      paramLabel = "N",
      description = "Threads that read slides (default: as --threads).")
  private Optional<Integer> readers;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = MemorySize.Converter.class,
      description =
          "Bound of each process; a step that needs more is refused (default: what is free).")
  private Optional<MemorySize> memory;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      defaultValue = "15m",
      converter = Words.OfCheckpoint.class,
      description =
          "Steps, or minutes as 15m, between checkpoints within an epoch (default:"
              + " ${DEFAULT-VALUE}).")
  private CheckpointEvery checkpointEvery;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description =
          "How long a silent process is waited for; one that died is noticed at once (default:"
              + " ${DEFAULT-VALUE}).")
  private int timeout;

  private final Console console;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (timeout < 1) {
      throw wrong("--timeout", "is " + timeout + ", not at least 1 s");
    }
    Optional<Rendezvous> rendezvous =
        Rendezvous.of(console.environment(), Duration.ofSeconds(timeout));
    boolean speaks = rendezvous.map(Rendezvous::rank).orElse(0) == 0;
    TrainOptions options = options(rendezvous.map(Rendezvous::localSize).orElse(1));
    TrainingLists lists = TrainingLists.read(sources());
    TrainTalk talk = new TrainTalk(console, options);
    if (speaks) {
      talk.begin(lists, rendezvous.map(Rendezvous::size).orElse(1));
    }
    try (Interrupt interrupt = new Interrupt(console.err(), "the last checkpoint is kept");
        Group group = rendezvous.<Group>map(GlooGroup::join).orElse(Group.ALONE)) {
      if (console.environment().containsKey(Ranks.LAUNCHED)) {
        interrupt.alsoAtEndOf(System.in);
      }
      TrainResult result =
          Trainer.run(
              options,
              lists,
              group,
              speaks ? talk.progress() : Progress.NONE,
              talk::tell,
              interrupt::askedBetweenUnits);
      if (speaks) {
        talk.end(result);
      }
      return result.ending() == TrainResult.Ending.STOPPED ? Interrupt.STOPPED : 0;
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  private LabelSources sources() {
    try {
      return labels.sources();
    } catch (IllegalArgumentException e) {
      throw wrong("--patches-mpp", e.getMessage());
    }
  }

  private TrainOptions options(int processesHere) {
    int cores =
        threads.orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / processesHere));
    try {
      return new TrainOptions(
          out,
          overwrite,
          resume,
          recipe(),
          cores,
          readers.orElse(cores),
          memory.isPresent() ? OptionalLong.of(memory.get().bytes()) : OptionalLong.empty(),
          processesHere,
          checkpointEvery);
    } catch (IllegalArgumentException e) {
      throw wrong("train", e.getMessage());
    }
  }

  private Recipe recipe() {
    if (noAugment && stainAugment) {
      throw wrong("--no-augment and --stain-augment", "exclude each other");
    }
    if (noAugment && noJitter) {
      throw wrong("--no-augment", "alters nothing, so --no-jitter has nothing to leave out");
    }
    AugmentOptions colours =
        noJitter ? AugmentOptions.REFERENCE.withoutJitter() : AugmentOptions.REFERENCE;
    AugmentOptions altered = stainAugment ? colours.withStain(AugmentOptions.LIGHT_STAIN) : colours;
    return new Recipe(
        epochs,
        batch,
        accumulate,
        learningRate,
        seed,
        validInterval,
        precision,
        freezeBatchNorm,
        noAugment ? Optional.empty() : Optional.of(altered),
        order,
        earlyStop.map(OptionalInt::of).orElse(OptionalInt.empty()),
        init,
        normMomentum,
        recalibrate);
  }

  private static MicrometException wrong(String subject, String problem) {
    return new MicrometException(
        ErrorKind.USAGE, subject, problem, "`micromet train --help` lists the options.");
  }
}
