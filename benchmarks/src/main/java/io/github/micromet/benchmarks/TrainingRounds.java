// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.benchmarks;

import io.github.micromet.net.Precision;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Training steps, ours and PyTorch's in turn; a ratio pairs what ran one after the other. */
final class TrainingRounds {
  private static final int ROUNDS = 3;
  private static final int THREADS = 2;
  private static final int BATCH = 16;
  private static final int STEPS = 4;
  private static final List<String> COLUMNS =
      List.of(
          "loop",
          "round",
          "patches/s",
          "patches/CPU-s",
          "CPU seconds",
          "ours / PyTorch, clock",
          "ours / PyTorch, CPU");

  private final Table table;
  private final Optional<Rival> rival;

  private TrainingRounds(PrintStream out, Optional<Rival> rival) {
    this.table =
        new Table(
            out,
            "Training steps of " + BATCH + " patches in memory, " + THREADS + " threads",
            COLUMNS);
    this.rival = rival;
  }

  /** The same steps elsewhere, by the options of conformance/rival/train_loop.py. */
  interface Rival {
    Cost run(List<String> options) throws Exception;
  }

  static void print(PrintStream out, Optional<Rival> rival) throws Exception {
    TrainingRounds rounds = new TrainingRounds(out, rival);
    boolean bf16 = Precision.AUTO.here() == Precision.BF16;
    List<Double> gains = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Cost fp32 = rounds.pair(round, Precision.FP32);
      if (bf16) {
        gains.add(rounds.pair(round, Precision.BF16).perSecond() / fp32.perSecond());
      }
    }
    out.println();
    out.println(
        bf16
            ? "bf16 / own fp32 by the clock, round by round: " + gains
            : "bf16: not measured, this CPU has neither AVX512-BF16 nor AMX.");
  }

  private Cost pair(int round, Precision precision) throws Exception {
    Optional<Cost> theirs = Optional.empty();
    if (rival.isPresent()) {
      Cost cost = rival.get().run(options(precision));
      row("PyTorch, " + precision.text(), round, cost, "", "");
      theirs = Optional.of(cost);
    }
    Cost ours = TrainingSteps.measure(precision, BATCH, THREADS, STEPS);
    row(
        "micromet, " + precision.text(),
        round,
        ours,
        theirs.<Object>map(cost -> ours.perSecond() / cost.perSecond()).orElse(""),
        theirs.<Object>map(cost -> ours.perCpuSecond() / cost.perCpuSecond()).orElse(""));
    return ours;
  }

  private static List<String> options(Precision precision) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--batch", Integer.toString(BATCH), "--steps", Integer.toString(STEPS)));
    options.addAll(List.of("--threads", Integer.toString(THREADS)));
    if (precision == Precision.BF16) {
      options.add("--bf16");
    }
    return options;
  }

  private void row(String loop, int round, Cost cost, Object clock, Object cpu) {
    double seconds = cost.cpuSeconds();
    table.row(loop, round, cost.perSecond(), cost.perCpuSecond(), seconds, clock, cpu);
  }
}
