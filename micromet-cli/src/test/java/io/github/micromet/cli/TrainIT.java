// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.net.weights.DType;
import io.github.micromet.net.weights.StateDict;
import io.github.micromet.net.weights.WeightTensor;
import io.github.micromet.net.weights.Weights;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A training by the packaged program, of two patches for two epochs. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "micromet.cmd is not run yet")
class TrainIT {
  private static final long SEED = Long.getLong("micromet.seed", 15);
  private static final int KILLS = 5;

  @TempDir private static Path shared;
  private static Program.Ended whole;
  private static long wholeMillis;

  @TempDir private Path folder;

  @BeforeAll
  static void trainToTheEnd() {
    PaintedPatches.in(shared, 2, 1);
    long begun = System.nanoTime();
    whole = new Program(shared).run(words("whole"));
    wholeMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  @Test
  void aTrainingTellsEachEpochAndWhereItsFilesAre() {
    assertThat(whole.code()).as(whole.err()).isZero();
    assertThat(whole.out().lines()).hasSize(2);
    assertThat(whole.out())
        .startsWith("epoch 1 of 2: loss ")
        .contains("validation accuracy", "(best)", "rate 0.001", "rate 0.0005");
    assertThat(whole.err())
        .contains("2 regions (2 patches, 1 with tumour) to learn from")
        .contains("best validation accuracy")
        .contains("model: ");
    for (String name :
        List.of("model.pt", "model.json", "last.safetensors", "train.json", "train.csv")) {
      assertThat(shared.resolve("whole").resolve(name)).isNotEmptyFile();
    }
  }

  @Test
  void aKilledTrainingResumedEndsWithTheSameBytes() throws Exception {
    killAndResume("killed", new SplittableRandom(SEED));
  }

  @Test
  @Tag("slow")
  void soItDoesWhateverTheMoment() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    for (int i = 0; i < KILLS; i++) {
      killAndResume("killed-" + i, random);
    }
  }

  private void killAndResume(String out, SplittableRandom random) throws Exception {
    Program program = new Program(shared);
    long moment = random.nextLong(wholeMillis);
    Process process = program.start(words(out));

    process.waitFor(moment, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();

    Program.Ended resumed = program.run(words(out, "--resume"));
    assertThat(resumed.code()).as("killed after %d ms: %s", moment, resumed.err()).isZero();
    for (String name : List.of("model.pt", "train.csv")) {
      assertThat(shared.resolve(out).resolve(name))
          .as("%s, killed after %d ms", name, moment)
          .hasSameBinaryContentAs(shared.resolve("whole").resolve(name));
    }
    // Its metadata says how long each epoch took; the tensors are Novograd's too.
    StateDict expected = last("whole");
    StateDict got = last(out);
    assertThat(got.names()).isEqualTo(expected.names()).hasSizeGreaterThan(122);
    for (String name : expected.names()) {
      assertThat(numbers(got, name))
          .as("%s, killed after %d ms", name, moment)
          .isEqualTo(numbers(expected, name));
    }
  }

  private static Buffer numbers(StateDict state, String name) {
    WeightTensor tensor = state.get(name).orElseThrow();
    return tensor.dtype() == DType.FLOAT32 ? tensor.floats() : tensor.longs();
  }

  private static StateDict last(String out) {
    return Weights.load(shared.resolve(out).resolve("last.safetensors")).state();
  }

  @Test
  void aStoppedTrainingLeavesACheckpointAndSaysHowToGoOn() throws Exception {
    Program program = new Program(shared);
    Process process = program.start(words("stopped", "--epochs", "500"));
    while (process.isAlive() && !Files.exists(shared.resolve("stopped/last.safetensors"))) {
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }

    process.destroy(); // as Ctrl-C does, but with SIGTERM

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Program.Ended stopped = program.ended(process);
    assertThat(stopped.code()).isEqualTo(143);
    assertThat(stopped.err()).contains("micromet: stopping", "--resume goes on from there");
  }

  @Test
  void aLabelThatIsNeither0Nor1IsOneLineBeforeAnythingIsWritten() throws IOException {
    Path list = Files.writeString(folder.resolve("labels.csv"), "a.png,1\nb.png,2\n");

    Program.Ended refused =
        new Program(folder).run("train", "--patches", list.toString(), "--out", "out");

    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err().lines().filter(line -> line.startsWith("micromet: ")))
        .singleElement()
        .asString()
        .contains("labels.csv", "2");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aStepThatDoesNotFitInMemoryIsRefusedBeforeAnythingIsWritten() {
    Program.Ended refused =
        new Program(shared).run(words("big", "--batch", "2", "--memory", "400m"));

    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err()).contains("--batch 2", "are allowed by --memory");
    assertThat(shared.resolve("big")).doesNotExist();
  }

  private static String[] words(String out, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("train", "--patches", "labels.csv", "--out", out, "--precision", "fp32"));
    words.addAll(List.of("--threads", "1", "--checkpoint-every", "1"));
    List<String> own = List.of(more);
    if (!own.contains("--epochs")) {
      words.addAll(List.of("--epochs", "2"));
    }
    if (!own.contains("--batch")) {
      words.addAll(List.of("--batch", "1"));
    }
    words.addAll(own);
    return words.toArray(String[]::new);
  }
}
