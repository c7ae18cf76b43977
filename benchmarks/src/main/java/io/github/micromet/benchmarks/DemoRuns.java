// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.demo.Demo;
import io.github.micromet.demo.DemoPlan;
import io.github.micromet.eval.DetectionSource;
import io.github.micromet.eval.SlideBootstrap;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * `micromet demo` as whole processes, of several seeds, with the same recipe in PyTorch beside it
 * on the same slides.
 */
final class DemoRuns {
  private static final long[] SEEDS = {101, 102, 103};
  private static final double MIB = 1 << 20;

  private final Path root;
  private final Path work;
  private final Path log;
  private final Optional<String> python;

  DemoRuns(Path root, Path work, Path log, Optional<String> python) {
    this.root = root;
    this.work = work;
    this.log = log;
    this.python = python;
  }

  void run(PrintStream out) throws IOException, InterruptedException {
    Table table =
        new Table(
            out,
            "The demo, whole processes",
            List.of(
                "plan",
                "seed",
                "seconds",
                "peak MiB",
                "FROC",
                "colour alone",
                "PyTorch",
                "PyTorch - ours, 95 %",
                "PyTorch seconds"));
    row(table, "default", SEEDS[0], List.of());
    for (long seed : SEEDS) {
      row(table, "full", seed, List.of("--full"));
    }
  }

  private void row(Table table, String plan, long seed, List<String> options)
      throws IOException, InterruptedException {
    Path demo = work.resolve("demo-" + plan + "-" + seed);
    List<String> command =
        new ArrayList<>(
            List.of(
                root.resolve("micromet").toString(),
                "demo",
                "--out",
                demo.toString(),
                "--seed",
                Long.toString(seed)));
    command.addAll(options);
    ChildRun ours = ChildRun.of(command, Map.of(), log);
    List<Object> cells =
        new ArrayList<>(
            List.of(
                plan,
                seed,
                ours.seconds(),
                ours.peakBytes() / MIB,
                after(ours.output(), "FROC of the network:"),
                after(ours.output(), "FROC of colour alone:")));
    cells.addAll(python.isPresent() ? rival(demo, seed, plan) : List.of("", "", ""));
    table.row(cells.toArray());
  }

  private static String after(String output, String words) {
    return output
        .lines()
        .filter(line -> line.startsWith(words))
        .map(line -> line.substring(words.length()).strip())
        .findFirst()
        .orElse("");
  }

  private List<Object> rival(Path demo, long seed, String plan)
      throws IOException, InterruptedException {
    Path kept = work.resolve(demo.getFileName() + "-pytorch");
    String epochs =
        Integer.toString(
            (plan.equals("full") ? DemoPlan.FULL : DemoPlan.DEFAULT).recipe().epochs());
    ChildRun theirs =
        ChildRun.of(
            List.of(
                python.orElseThrow(),
                root.resolve("conformance/rival/demo_recipe.py").toString(),
                demo.toString(),
                "--epochs",
                epochs,
                "--seed",
                Long.toString(seed),
                "--out",
                kept.toString()),
            Map.of(),
            log);
    Files.writeString(kept.resolve("output.jsonl"), theirs.output());
    double score = Double.NaN;
    for (String line : theirs.output().lines().toList()) {
      JsonNode node = new ObjectMapper().readTree(line);
      if (node.path("by").asText().equals("network")) {
        score = node.path("score").asDouble();
      }
    }
    var protocol = Demo.protocol();
    SlideBootstrap.Comparison compared =
        SlideBootstrap.compare(
            Demo.counted(demo, demo.resolve("results"), DetectionSource.DETECTIONS).counts(),
            Demo.counted(demo, kept.resolve("detections"), DetectionSource.CHALLENGE).counts(),
            protocol.rates(),
            SlideBootstrap.DRAWS,
            seed,
            SlideBootstrap.CONFIDENCE);
    return List.of(
        score,
        String.format(
            Locale.ROOT,
            "%+.3f (%+.3f to %+.3f)",
            compared.difference(),
            compared.interval().low(),
            compared.interval().high()),
        theirs.seconds());
  }
}
