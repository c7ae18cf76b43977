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
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
   * @param args the parts to run, of {@code reads}, {@code whole} and {@code monai}; none is all
   */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(System.getProperty("micromet.root", "."));
    Optional<String> python = Optional.ofNullable(System.getenv("MICROMET_ORACLE_PYTHON"));
    Benchmarks benchmarks = new Benchmarks(root, python, System.out);
    List<String> parts = args.length == 0 ? List.of("reads", "whole", "monai") : List.of(args);
    benchmarks.heading();
    if (parts.contains("reads")) {
      benchmarks.reads();
    }
    if (parts.contains("whole")) {
      benchmarks.whole();
    }
    if (parts.contains("monai")) {
      benchmarks.monai();
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
            + Runtime.version());
  }

  private Path slide(String name, int size) {
    Path folder = work.resolve(name);
    Path slide = folder.resolve("images/tumor_001.tif");
    if (!Files.exists(slide)) {
      SynthOptions options =
          SynthOptions.DEFAULT.withSize(size, size).withLesions(List.of(LesionKind.MICRO));
      Synth.write(folder, options, Progress.NONE);
    }
    return slide;
  }

  /** Region reads, ours and the rivals' in turn. */
  private void reads() throws Exception {
    Path slide = slide("large", 24_576);
    Table table =
        new Table(
            out,
            "Aligned 512 x 512 reads of a JPEG pyramid, newly opened, " + READS + " tiles",
            List.of("reader", "threads", "round", "ms a read", "CPU ms a read"));
    RegionReads.measure(slide, READS, 1, SEED); // compiles the classes
    for (int round = 0; round < ROUNDS; round++) {
      for (int threads : new int[] {1, 2}) {
        Cost cost = RegionReads.measure(slide, READS, threads, SEED + round);
        table.row("micromet", threads, round, cost.millis(), cost.cpuMillis());
      }
      if (python.isPresent()) {
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
                Long.toString(SEED + round))) {
          table.row(
              line.path("reader").asText() + " " + line.path("version").asText(),
              line.path("threads").asInt(),
              round,
              line.has("wallMillisPerRead")
                  ? line.path("wallMillisPerRead").asDouble()
                  : line.toString(),
              line.path("cpuMillisPerRead").asDouble());
        }
      }
    }
  }

  /** The network alone before and after a whole run, and their ratio. */
  private void whole() throws Exception {
    Path slide = slide("large", 24_576);
    Table table =
        new Table(
            out,
            "One slide end to end, fp32, batch " + BATCH + ", " + WORKERS + " workers",
            List.of("what", "windows", "seconds", "windows/s", "windows/CPU-s", "peak MiB"));
    Cost before = NetworkAlone.measure(slide, Precision.FP32, BATCH, WORKERS, 30);
    table.row(
        "network alone, before",
        before.units(),
        before.seconds(),
        before.perSecond(),
        before.perCpuSecond(),
        "");
    Whole ours = detect(slide, "whole", List.of());
    table.row(
        "detect",
        ours.cost.units(),
        ours.cost.seconds(),
        ours.cost.perSecond(),
        ours.cost.perCpuSecond(),
        ours.peakBytes / MIB);
    Cost after = NetworkAlone.measure(slide, Precision.FP32, BATCH, WORKERS, 30);
    table.row(
        "network alone, after",
        after.units(),
        after.seconds(),
        after.perSecond(),
        after.perCpuSecond(),
        "");
    Cost alone = before.plus(after);
    table.row("detect / network, clock", "", alone.perSecond() / ours.cost.perSecond(), "", "", "");
    table.row(
        "detect / network, CPU", "", alone.perCpuSecond() / ours.cost.perCpuSecond(), "", "", "");
  }

  /** MONAI's pipeline and ours in turn over one small slide. */
  private void monai() throws Exception {
    if (python.isEmpty()) {
      out.println("MONAI: MICROMET_ORACLE_PYTHON names no interpreter; see conformance/README.md");
      return;
    }
    Path slide = slide("small", 5120);
    Table table =
        new Table(
            out,
            "The same slide, weights and machine, fp32",
            List.of("what", "windows", "seconds", "windows/s", "windows/CPU-s", "peak MiB"));
    Whole ours = detect(slide, "monai-1", List.of());
    row(table, "micromet detect", ours);
    monai(
        table,
        slide,
        "MONAI as published (batch 400, 8 loaders)",
        "--batch",
        "400",
        "--workers",
        "8");
    monai(table, slide, "MONAI at its best here (batch 16, 1 loader)");
    monai(table, slide, "MONAI, channels-last (batch 16, 1 loader)", "--channels-last");
    row(table, "micromet detect, again", detect(slide, "monai-2", List.of()));
  }

  private void row(Table table, String what, Whole whole) {
    table.row(
        what,
        whole.cost.units(),
        whole.cost.seconds(),
        whole.cost.perSecond(),
        whole.cost.perCpuSecond(),
        whole.peakBytes / MIB);
  }

  private void monai(Table table, Path slide, String what, String... options) throws Exception {
    for (JsonNode line : rival("monai_pipeline.py", slide, options)) {
      table.row(
          what,
          line.path("patches").asInt(),
          line.path("wallSeconds").asDouble(),
          line.path("patchesPerSecond").asDouble(),
          line.path("patchesPerCpuSecond").asDouble(),
          line.path("peakMiB").asDouble());
    }
  }

  private List<JsonNode> rival(String script, Path slide, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(python.orElseThrow());
    command.add(root.resolve("conformance/rival").resolve(script).toString());
    command.add(slide.toString());
    command.addAll(List.of(options));
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

  private Whole detect(Path slide, String name, List<String> options) throws Exception {
    Path folder = work.resolve("out-" + name);
    List<String> command = new ArrayList<>();
    command.add(root.resolve("micromet").toString());
    command.addAll(List.of("detect", slide.toString(), "--untrained", "--out", folder.toString()));
    command.addAll(List.of("--precision", "fp32", "--tissue", "reference"));
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
