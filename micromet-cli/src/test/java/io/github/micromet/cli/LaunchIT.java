// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.micromet.net.TumorNet;
import io.github.micromet.net.weights.DType;
import io.github.micromet.net.weights.StateDict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that train as one, on the loopback interface. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "micromet.cmd is not run yet")
class LaunchIT {
  private static final int STEPS = 10;

  /** The sums of gradients are taken in another order. */
  private static final float TOLERANCE = 1e-5f;

  @TempDir private Path folder;

  @Test
  void twoProcessesEqualOneWithTheDoubledBatch() {
    PaintedPatches.in(folder, 2 * STEPS, 3);
    List<String> same =
        List.of("--freeze-batchnorm", "--no-augment", "--order", "file", "--epochs", "1");
    List<String> two = new ArrayList<>(List.of("launch", "--nproc_per_node", "2"));
    two.addAll(train("two", "1", same));

    Program.Ended one = new Program(folder).run(train("one", "2", same).toArray(String[]::new));
    Program.Ended both = new Program(folder).run(two.toArray(String[]::new));

    assertThat(one.code()).as(one.err()).isZero();
    assertThat(both.code()).as(both.err()).isZero();
    // Three patches are two for one process and one for the other; all are counted.
    assertThat(accuracyIn(both.out())).isEqualTo(accuracyIn(one.out()));
    assertThat(both.out().lines()).as("rank 0 speaks, Gloo does not").hasSize(1);
    assertThat(both.err()).contains("steps of 2 regions in 2 processes");
    StateDict expected = TumorNet.load(folder.resolve("one/model.pt")).state();
    StateDict got = TumorNet.load(folder.resolve("two/model.pt")).state();
    for (String name : expected.names()) {
      if (expected.get(name).orElseThrow().dtype() == DType.FLOAT32) {
        float[] wanted = expected.get(name).orElseThrow().floatArray();
        float[] found = got.get(name).orElseThrow().floatArray();
        for (int i = 0; i < wanted.length; i++) {
          assertThat(found[i]).as(name).isCloseTo(wanted[i], within(TOLERANCE));
        }
      }
    }
  }

  @Test
  void aProcessThatIsKilledEndsTheOthersWithAMessage() throws Exception {
    PaintedPatches.in(folder, 2, 2);
    List<String> words = new ArrayList<>(List.of("launch", "--nproc_per_node", "2"));
    words.addAll(train("out", "1", List.of("--epochs", "500")));
    Program program = new Program(folder);
    Process process = program.start(words.toArray(String[]::new));
    while (process.isAlive() && !Files.exists(folder.resolve("out/last.safetensors"))) {
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }

    process.children().findFirst().orElseThrow().destroyForcibly();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Program.Ended ended = program.ended(process);
    assertThat(ended.code()).as(ended.err()).isEqualTo(137);
    assertThat(ended.err()).contains("of 2: another process is lost").contains("--resume");
    assertThat(process.descendants()).isEmpty();
  }

  @Test
  void onlyTrainIsLaunched() {
    Program.Ended ended = new Program(folder).run("launch", "--nproc-per-node", "2", "detect");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("starts train, not 'detect'");
  }

  private static String accuracyIn(String out) {
    return out.replaceAll("(?s).*(validation accuracy [0-9.]+).*", "$1");
  }

  private static List<String> train(String out, String batch, List<String> more) {
    List<String> words = new ArrayList<>(List.of("train", "--patches", "labels.csv", "--out", out));
    words.addAll(List.of("--precision", "fp32", "--threads", "1", "--batch", batch));
    words.addAll(more);
    return words;
  }
}
