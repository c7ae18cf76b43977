// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.Golden;
import io.github.micromet.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job of the packaged program, with golden weights. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "micromet.cmd is not run yet")
class DetectIT {
  private static final Path SLIDE = Golden.root().resolve("conformance/slides/blobs-jpeg.tif");

  /** Cells of 256 pixels: a sixteenth of the windows, for the same path. */
  private static final String COARSE = "8";

  private static final List<String> ENDINGS =
      List.of(".npy", ".detections.csv", ".geojson", ".heatmap.png", ".run.json");

  @TempDir private Path folder;

  private static String model() {
    return TestData.file("models/golden-weights.pt").toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "derived/c17-region-7-levels.tif",
        "cmu-1-small-region.svs",
        "tcga-cr-7395-j2k-33005.svs"
      })
  void aRealSlideGivesEveryOutput(String name) throws IOException {
    Path slide = TestData.file("slides/" + name);

    Program.Ended detect =
        new Program(folder)
            .run(
                "detect",
                slide.toString(),
                "--model",
                model(),
                "--out",
                "d",
                "--mask-level",
                COARSE);

    assertThat(detect.code()).as(detect.err()).isZero();
    String fileName = slide.getFileName().toString();
    String stem = fileName.substring(0, fileName.lastIndexOf('.'));
    for (String ending : ENDINGS) {
      assertThat(folder.resolve("d").resolve(stem + ending)).isNotEmptyFile();
    }
    assertThat(detect.out().lines()).hasSize(1);
    assertThat(detect.out()).startsWith(fileName + ": ").contains("highest probability");
    assertThat(Files.readAllLines(folder.resolve("d/summary.csv"))).hasSize(2);
  }

  @Test
  void aSlideOf16BitIsRefusedInOneLineWithACure() {
    Path slide = TestData.file("slides/ome-subifd-uint16.ome.tif");

    Program.Ended detect =
        new Program(folder).run("detect", slide.toString(), "--model", model(), "--out", "d");

    assertThat(detect.code()).isEqualTo(3);
    assertThat(detect.out()).isEmpty();
    assertThat(detect.err().lines().filter(line -> line.startsWith("micromet: ")))
        .singleElement()
        .asString()
        .contains("uint16");
  }

  @Test
  void aSlideThatFailsIsReportedTheRestGoOnAndTheCodeIs3() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.tif"), "not a slide");

    Program.Ended detect =
        new Program(folder)
            .run(
                "detect",
                bad.toString(),
                SLIDE.toString(),
                "--model",
                model(),
                "--out",
                "d",
                "--mask-level",
                COARSE);

    assertThat(detect.code()).isEqualTo(3);
    assertThat(detect.err()).contains("micromet: " + bad);
    assertThat(detect.out().lines()).hasSize(1);
    assertThat(folder.resolve("d/blobs-jpeg.npy")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("d/summary.csv")))
        .contains("bad.tif,failed")
        .contains("blobs-jpeg.tif,done");
  }

  @Test
  void anOutputFolderWithOtherFilesIsRefusedUnlessOverwriteNamesIt() throws IOException {
    Files.createDirectories(folder.resolve("d"));
    Files.writeString(folder.resolve("d/thesis.txt"), "mine");
    String[] words = {
      "detect", SLIDE.toString(), "--model", model(), "--out", "d", "--mask-level", COARSE
    };

    Program.Ended refused = new Program(folder).run(words);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("thesis.txt").contains("--overwrite");

    String[] more = java.util.Arrays.copyOf(words, words.length + 2);
    more[words.length] = "--overwrite";
    more[words.length + 1] = "d";
    assertThat(new Program(folder).run(more).code()).isZero();
    assertThat(folder.resolve("d/thesis.txt")).hasContent("mine");
  }

  @Test
  void aCheckpointThatIsNoneIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("model.pt"), "not a model");

    Program.Ended detect =
        new Program(folder)
            .run("detect", SLIDE.toString(), "--model", text.toString(), "--out", "d");

    assertThat(detect.code()).isEqualTo(3);
    assertThat(detect.err()).startsWith("micromet: " + text);
    assertThat(folder.resolve("d")).doesNotExist();
  }

  @Test
  void aStoppedRunKeepsWhatIsFinished() throws Exception {
    Path first = Files.copy(SLIDE, folder.resolve("a.tif"));
    Path second = Files.copy(SLIDE, folder.resolve("b.tif"));
    Program program = new Program(folder);
    Process process =
        program.start(
            "detect",
            first.toString(),
            second.toString(),
            "--model",
            model(),
            "--out",
            "d",
            "--threads",
            "1");
    while (process.isAlive() && !Files.readString(program.out()).contains("a.tif: ")) {
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }

    process.destroy(); // as Ctrl-C does, but with SIGTERM

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(program.ended(process).err()).contains("stopping").contains("b.tif: stopped");
    JsonNode run = new ObjectMapper().readTree(folder.resolve("d/run.json").toFile());
    assertThat(run.get("status").asText()).isNotEqualTo("running");
    assertThat(folder.resolve("d/a.run.json")).isNotEmptyFile();
    assertThat(folder.resolve("d/b.run.json")).doesNotExist();
    assertThat(Files.readString(folder.resolve("d/summary.csv")))
        .contains("a.tif,done")
        .contains("b.tif,stopped");
  }

  @Test
  void aKilledRunKeepsWhatIsFinishedAndTheSameCommandTakesItsFolderAgain() throws Exception {
    Path first = Files.copy(SLIDE, folder.resolve("a.tif"));
    Path second = Files.copy(SLIDE, folder.resolve("b.tif"));
    Program program = new Program(folder);
    String[] command = {
      "detect",
      first.toString(),
      second.toString(),
      "--untrained",
      "--out",
      "d",
      "--threads",
      "1",
      "--mask-level",
      "7"
    };
    Process process = program.start(command);
    while (process.isAlive() && !Files.readString(program.out()).contains("a.tif: ")) {
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }

    process.destroyForcibly().waitFor();

    assertThat(process.exitValue()).isEqualTo(137);
    ObjectMapper json = new ObjectMapper();
    JsonNode run = json.readTree(folder.resolve("d/run.json").toFile());
    assertThat(run.get("status").asText()).isEqualTo("running");
    assertThat(Files.readString(folder.resolve("d/summary.csv"))).contains("a.tif,done");
    byte[] map = Files.readAllBytes(folder.resolve("d/a.npy"));

    Program.Ended again = program.run(command);

    assertThat(again.code()).isZero();
    assertThat(Files.readAllBytes(folder.resolve("d/a.npy"))).isEqualTo(map);
    JsonNode done = json.readTree(folder.resolve("d/run.json").toFile());
    assertThat(done.get("status").asText()).isEqualTo("done");
    assertThat(folder.resolve("d/b.run.json")).isNotEmptyFile();
  }

  @Test
  void slidingWindowsGiveACellEach() throws IOException {
    Program.Ended detect =
        new Program(folder)
            .run(
                "detect",
                SLIDE.toString(),
                "--untrained",
                "--out",
                "d",
                "--mode",
                "sliding",
                "--stride",
                "400",
                "--tissue",
                "none");
    assertThat(detect.code()).isZero();
    JsonNode record = new ObjectMapper().readTree(folder.resolve("d/blobs-jpeg.run.json").toFile());
    assertThat(record.at("/provenance/parameters/stride").asInt()).isEqualTo(400);
    long width = record.at("/slide/levels/0/width").asLong();
    long height = record.at("/slide/levels/0/height").asLong();
    assertThat(record.at("/windows/scored").asLong())
        .isEqualTo(((width - 224) / 400 + 1) * ((height - 224) / 400 + 1));
  }
}
