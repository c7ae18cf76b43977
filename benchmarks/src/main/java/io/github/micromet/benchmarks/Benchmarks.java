// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.net.Precision;
import io.github.micromet.run.Machine;
import io.github.micromet.run.Progress;
import io.github.micromet.synth.LesionKind;
import io.github.micromet.synth.Synth;
import io.github.micromet.synth.SynthOptions;
import io.github.micromet.train.augment.AugmentOptions;
import io.github.micromet.train.augment.Augmentation;
import io.github.micromet.train.augment.StandardAugmentation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prints the tables of docs/performance.md, as ratios of this one run. See {@code benchmarks/run}.
 */
public final class Benchmarks {
  private static final int WORKERS = 2;
  private static final int BATCH = 16;
  private static final int READS = 400;
  private static final int REGIONS = 64;
  private static final int LARGE = 11_264;
  private static final int SMALL = 3584;
  private static final List<String> WHOLE_COLUMNS =
      List.of("what", "windows", "seconds", "windows/s", "windows/CPU-s", "peak MiB");
  private static final int ROUNDS = 3;
  private static final long SEED = 7;
  private static final double MIB = 1 << 20;

  private final Path root;
  private final Path work;
  private final Path log;
  private final Optional<String> python;
  private final PrintStream out;
  private final ObjectMapper json = new ObjectMapper();

  private Benchmarks(Path root, Optional<String> python, PrintStream out) throws IOException {
    this.root = root;
    this.work = Files.createDirectories(root.resolve("benchmarks/target/bench"));
    this.log = work.resolve("children.log");
    this.python = python;
    this.out = out;
    Files.deleteIfExists(log);
    Files.createFile(log);
  }

  /**
   * @param args the parts to run, of {@code reads}, {@code samples}, {@code train}, {@code whole}
   *     and {@code monai}; none is all of these; and {@code demo}, which takes two hours
   */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(System.getProperty("micromet.root", "."));
    Optional<String> python = Optional.ofNullable(System.getenv("MICROMET_ORACLE_PYTHON"));
    Benchmarks benchmarks = new Benchmarks(root, python, System.out);
    List<String> parts =
        args.length == 0 ? List.of("reads", "samples", "train", "whole", "monai") : List.of(args);
    benchmarks.heading();
    if (parts.contains("reads")) {
      benchmarks.reads();
    }
    if (parts.contains("samples")) {
      benchmarks.samples();
    }
    if (parts.contains("train")) {
      TrainingRounds.print(benchmarks.out, benchmarks.python.map(any -> benchmarks::rivalSteps));
    }
    if (parts.contains("whole")) {
      benchmarks.whole();
    }
    if (parts.contains("monai")) {
      benchmarks.monai();
    }
    if (parts.contains("demo")) {
      new DemoRuns(root, benchmarks.work, benchmarks.log, python).run(System.out);
    }
  }

  private void heading() {
    Machine machine = Machine.current();
    out.println(
        machine.cpu()
            + ", "
            + machine.cores()
            + " cores, "
            + String.join(" ", machine.instructionSets())
            + "; "
            + machine.os()
            + "; Java "
            + Runtime.version()
            + "; commit "
            + System.getProperty("micromet.commit", "unknown"));
  }

  private Path slide(String name, int size) {
    Path folder = work.resolve(name);
    Path slide = folder.resolve("images/tumor_001.tif");
    if (!Files.exists(slide)) {
      SynthOptions options =
          SynthOptions.DEFAULT.withSize(size, size).withLesions(List.of(LesionKind.ITC));
      Synth.write(folder, options, Progress.NONE);
    }
    return slide;
  }

  /** Region reads, ours and the rivals' in turn; a ratio pairs what ran in the same round. */
  private void reads() throws Exception {
    Path slide = slide("large", LARGE);
    Table table =
        new Table(
            out,
            "Aligned 512 x 512 reads of a JPEG pyramid, newly opened, " + READS + " tiles",
            List.of("reader", "threads", "round", "ms a read", "CPU ms a read", "x ours, clock"));
    RegionReads.measure(slide, READS, 1, SEED); // compiles the classes
    for (int round = 0; round < ROUNDS; round++) {
      Map<Integer, Double> ours = new HashMap<>();
      for (int threads : new int[] {1, 2}) {
        Cost cost = RegionReads.measure(slide, READS, threads, SEED + round);
        ours.put(threads, cost.millis());
        table.row("micromet", threads, round, cost.millis(), cost.cpuMillis(), 1.0);
      }
      if (python.isPresent()) {
        rivalReads(table, slide, round, ours);
      }
    }
  }

  /** How fast training is fed, without and with augmentation. */
  private void samples() throws Exception {
    Path slide = slide("large", LARGE);
    Table table =
        new Table(
            out,
            "Training regions of 768 read, split into nine patches and altered, " + REGIONS,
            List.of("augmentation", "readers", "round", "regions/s", "regions/CPU-s"));
    Augmentation altered = new StandardAugmentation(AugmentOptions.REFERENCE);
    TrainingSamples.measure(slide, REGIONS, 2, altered, SEED); // compiles the classes
    for (int round = 0; round < ROUNDS; round++) {
      for (int readers : new int[] {1, 2}) {
        Cost plain =
            TrainingSamples.measure(slide, REGIONS, readers, Augmentation.NONE, SEED + round);
        table.row("none", readers, round, plain.perSecond(), plain.perCpuSecond());
        Cost cost = TrainingSamples.measure(slide, REGIONS, readers, altered, SEED + round);
        table.row("the reference's", readers, round, cost.perSecond(), cost.perCpuSecond());
      }
    }
  }

  private static Cost cost(JsonNode line) {
    return new Cost(
        line.path("patches").asLong(),
        line.path("wallSeconds").asDouble(),
        line.path("cpuSeconds").asDouble());
  }

  private void rivalReads(Table table, Path slide, int round, Map<Integer, Double> ours)
      throws Exception {
    String seed = Long.toString(SEED + round);
    for (JsonNode line :
        rival(
            "read_regions.py",
            slide,
            "--reads",
            Integer.toString(READS),
            "--threads",
            "1",
            "2",
            "--rounds",
            "1",
            "--seed",
            seed)) {
      String name = line.path("reader").asText() + " " + line.path("version").asText();
      int threads = line.path("threads").asInt();
      double millis = line.path("wallMillisPerRead").asDouble();
      table.row(
          name,
          threads,
          round,
          line.has("error") ? line.path("error").asText() : millis,
          line.path("cpuMillisPerRead").asDouble(),
          millis / ours.getOrDefault(threads, Double.NaN));
    }
  }

  /** The network alone before and after a whole run, and their ratio. */
  private void whole() throws Exception {
    Path slide = slide("large", LARGE);
    Precision precision = Precision.AUTO.here();
    Table table =
        new Table(
            out,
            "One slide end to end, "
                + precision.text()
                + ", batch "
                + BATCH
                + ", "
                + WORKERS
                + " workers",
            WHOLE_COLUMNS);
    Cost before = alone(table, slide, precision, "network alone, before");
    Whole ours = detect(slide, "whole", precision, List.of());
    row(table, "detect", ours);
    Cost after = alone(table, slide, precision, "network alone, after");
    Cost alone = before.plus(after);
    table.row(
        "detect / network alone (goal: at most 1.15)",
        "",
        "",
        alone.perSecond() / ours.cost.perSecond(),
        alone.perCpuSecond() / ours.cost.perCpuSecond(),
        "");
  }

  private Cost alone(Table table, Path slide, Precision precision, String what) throws Exception {
    Cost cost = NetworkAlone.measure(slide, precision, BATCH, WORKERS, 30);
    table.row(what, cost.units(), cost.seconds(), cost.perSecond(), cost.perCpuSecond(), "");
    return cost;
  }

  /** MONAI's pipeline and ours in turn over one small slide. */
  private void monai() throws Exception {
    if (python.isEmpty()) {
      out.println("MONAI: MICROMET_ORACLE_PYTHON names no interpreter; see conformance/README.md");
      return;
    }
    Path slide = slide("small", SMALL);
    Table table = new Table(out, "The same slide, weights and machine", WHOLE_COLUMNS);
    Whole before = detect(slide, "monai-1", Precision.FP32, List.of());
    row(table, "micromet, fp32", before);
    Cost published =
        monai(
            table,
            slide,
            "MONAI as published, fp32 (batch 400, 8 loaders)",
            "--batch",
            "400",
            "--workers",
            "8");
    Cost best = monai(table, slide, "MONAI, fp32, batch 16, 1 loader");
    Cost last =
        monai(table, slide, "MONAI, fp32, batch 16, 1 loader, channels-last", "--channels-last");
    Whole after = detect(slide, "monai-2", Precision.FP32, List.of());
    row(table, "micromet, fp32, again", after);
    Cost ours = before.cost.plus(after.cost);
    ratio(table, "micromet / MONAI as published, fp32 (goal: at least 1.25)", ours, published);
    ratio(table, "micromet / MONAI, batch 16, fp32", ours, best);
    ratio(table, "micromet / MONAI, channels-last, fp32 (goal: at least 1.1)", ours, last);
    if (Precision.AUTO.here() != Precision.BF16) {
      out.println();
      out.println("bf16: not measured, this CPU has neither AVX512-BF16 nor AMX.");
      return;
    }
    Whole bf16 = detect(slide, "monai-bf16", Precision.BF16, List.of());
    row(table, "micromet, bf16", bf16);
    Cost autocast =
        monai(table, slide, "MONAI, bf16 autocast, channels-last", "--bf16", "--channels-last");
    ratio(table, "micromet bf16 / MONAI as published (goal: at least 2.7)", bf16.cost, published);
    ratio(table, "micromet bf16 / MONAI bf16 (goal: at least 1.1)", bf16.cost, autocast);
  }

  private static void ratio(Table table, String what, Cost ours, Cost theirs) {
    table.row(
        what,
        "",
        "",
        ours.perSecond() / theirs.perSecond(),
        ours.perCpuSecond() / theirs.perCpuSecond(),
        "");
  }

  private static void row(Table table, String what, Whole whole) {
    table.row(
        what,
        whole.cost.units(),
        whole.cost.seconds(),
        whole.cost.perSecond(),
        whole.cost.perCpuSecond(),
        whole.peakBytes / MIB);
  }

  private Cost monai(Table table, Path slide, String what, String... options) throws Exception {
    JsonNode line = rival("monai_pipeline.py", slide, options).get(0);
    Cost cost = cost(line);
    table.row(
        what,
        cost.units(),
        cost.seconds(),
        cost.perSecond(),
        cost.perCpuSecond(),
        line.path("peakMiB").asDouble());
    return cost;
  }

  private List<JsonNode> rival(String script, Path slide, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(slide.toString()));
    all.addAll(List.of(options));
    return rival(script, all);
  }

  private Cost rivalSteps(List<String> options) throws Exception {
    return cost(rival("train_loop.py", options).get(0));
  }

  private List<JsonNode> rival(String script, List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(python.orElseThrow());
    command.add(root.resolve("conformance/rival").resolve(script).toString());
    command.addAll(options);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : ChildRun.of(command, Map.of(), log).output().split("\n")) {
      if (line.startsWith("{")) {
        lines.add(json.readTree(line));
      }
    }
    return lines;
  }

  /** A whole run of the packaged program; its own record says what it did, start-up left out. */
  private record Whole(Cost cost, long peakBytes) {}

  private Whole detect(Path slide, String name, Precision precision, List<String> options)
      throws Exception {
    Path folder = work.resolve("out-" + name);
    List<String> command = new ArrayList<>();
    command.add(root.resolve("micromet").toString());
    command.addAll(List.of("detect", slide.toString(), "--untrained", "--out", folder.toString()));
    command.addAll(List.of("--precision", precision.text(), "--tissue", "reference"));
    command.addAll(List.of("--batch", Integer.toString(BATCH)));
    command.addAll(List.of("--threads", Integer.toString(WORKERS)));
    command.addAll(options);
    ChildRun run = ChildRun.of(command, Map.of(), log);
    JsonNode record = json.readTree(folder.resolve("tumor_001.run.json").toFile());
    JsonNode timing = record.path("timing");
    return new Whole(
        new Cost(
            record.path("windows").path("scored").asLong(),
            timing.path("seconds").asDouble(),
            timing.path("cpuSeconds").asDouble()),
        run.peakBytes());
  }
}
