// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each command of the packaged program, and what it says of bad input. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "micromet.cmd is not run yet")
class CommandsIT {
  private static final Path SLIDE = Golden.root().resolve("conformance/slides/blobs-jpeg.tif");

  @TempDir private Path folder;

  private Program.Ended run(String... words) {
    return new Program(folder).run(words);
  }

  @Test
  void infoSaysWhoReadsASlide() {
    Program.Ended info = run("info", SLIDE.toString());

    assertThat(info.code()).as(info.err()).isZero();
    assertThat(info.out()).contains("reader     micromet").contains("level 0");
    assertThat(info.err()).isEmpty();
  }

  @Test
  void infoAsJsonIsJson() throws IOException {
    Program.Ended info = run("info", "--json", SLIDE.toString());

    assertThat(info.code()).as(info.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(info.out());
    assertThat(json.get("reader").asText()).isEqualTo("micromet");
    assertThat(json.get("levels").get(0).get("width").asLong())
        .isEqualTo(json.get("width").asLong());
  }

  @Test
  void infoWhyHasALineAFormatAndCode3WhenNoneTakesTheFile() throws IOException {
    Path text = Files.writeString(folder.resolve("note.tif"), "not a slide");

    Program.Ended both = run("info", "--why", "--json", text.toString());
    assertThat(both.code()).isEqualTo(3);
    assertThat(both.out()).startsWith("[").contains("\"format\" : \"aperio\"");
    Program.Ended why = run("info", "--why", text.toString());

    assertThat(why.code()).isEqualTo(3);
    assertThat(why.out().lines()).hasSizeGreaterThan(2).allMatch(line -> line.contains(" no: "));
  }

  @Test
  void aFileThatIsNoSlideIsTwoLinesAndCode3() throws IOException {
    Path text = Files.writeString(folder.resolve("note.tif"), "not a slide");

    Program.Ended info = run("info", text.toString());

    assertThat(info.code()).isEqualTo(3);
    assertThat(info.out()).isEmpty();
    assertThat(info.err().lines()).hasSize(2);
    assertThat(info.err()).startsWith("micromet: " + text);
  }

  @Test
  void tissueWritesAPictureAndGeoJsonAndDoesNotWriteOverThem() throws IOException {
    Program.Ended tissue = run("tissue", SLIDE.toString(), "--mask-level", "2", "--out", "t");

    assertThat(tissue.code()).as(tissue.err()).isZero();
    assertThat(tissue.out()).contains("cells are tissue");
    assertThat(folder.resolve("t/blobs-jpeg.tissue.png")).isNotEmptyFile();
    JsonNode json =
        new ObjectMapper()
            .readTree(Files.readString(folder.resolve("t/blobs-jpeg.tissue.geojson")));
    assertThat(json.get("features")).isNotEmpty();

    assertThat(run("tissue", SLIDE.toString(), "--out", "t").code()).isEqualTo(2);
  }

  @Test
  void synthWritesASlideThatInfoReads() {
    Program.Ended synth =
        run(
            "synth",
            "--out",
            "s",
            "--tumour",
            "0",
            "--normal",
            "1",
            "--width",
            "1024",
            "--height",
            "768");

    assertThat(synth.code()).as(synth.err()).isZero();
    Path image = folder.resolve("s/images/normal_001.tif");
    assertThat(image).isNotEmptyFile();
    assertThat(synth.out().lines()).contains(Path.of("s/images/normal_001.tif").toString());
    assertThat(run("info", image.toString()).out()).contains("1024 x 768 pixels");
    assertThat(run("synth", "--out", "s").code()).as("a folder that is not empty").isEqualTo(2);
  }

  @Test
  void doctorFindsWhatDetectNeeds() {
    Program.Ended doctor = run("doctor");

    assertThat(doctor.code()).as(doctor.out() + doctor.err()).isZero();
    assertThat(doctor.out())
        .containsPattern("libtorch +2\\.")
        .containsPattern("OpenCV +4\\.")
        .contains("OpenSlide", "fonts", "GPU", "cores", "detect can run here");
  }

  @Test
  void doctorTellsOfACacheThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    Program.Ended doctor =
        new Program(folder).with("MICROMET_CACHE", file.toString()).run("doctor");

    assertThat(doctor.code()).isEqualTo(4);
    assertThat(doctor.out()).contains("MISSING").contains("MICROMET_CACHE");
  }

  @Test
  void downloadFromAFolderWithoutTheFilesIsCode4AndLeavesNothing() throws IOException {
    Path mirror = Files.createDirectories(folder.resolve("mirror"));

    Program.Ended download = run("download", "--from", mirror.toString(), "--out", "m");

    assertThat(download.code()).isEqualTo(4);
    assertThat(download.err().lines()).hasSize(2);
    assertThat(download.err()).contains("models/model.pt");
    assertThat(folder.resolve("m/models/model.pt")).doesNotExist();
  }

  @Test
  void detectWithoutAModelSaysInOneLineHowToGetIt() {
    Program.Ended detect =
        new Program(folder)
            .with("MICROMET_CACHE", folder.resolve("empty cache").toString())
            .run("detect", SLIDE.toString(), "--out", "d");

    assertThat(detect.code()).isEqualTo(2);
    assertThat(detect.err().lines()).hasSize(1);
    assertThat(detect.err()).contains("micromet download").contains("--model");
    assertThat(folder.resolve("d")).doesNotExist();
  }

  @Test
  void demoTellsTheWholeStoryAndRefusesAFolderOfAnother() {
    Program.Ended demo = run("demo", "--quick", "--seed", "3");

    assertThat(demo.code()).as(demo.out() + demo.err()).isZero();
    assertThat(demo.err()).contains("about").contains("epoch 1 of").contains("best so far");
    assertThat(demo.out().lines())
        .anyMatch(line -> line.matches("tumor_001: . of 1 found, .*"))
        .anyMatch(line -> line.startsWith("normal_001: tumour-free, "))
        .anyMatch(line -> line.matches("FROC of the network: .*95 % interval.*"))
        .anyMatch(line -> line.matches("FROC of colour alone: .*95 % interval.*"))
        .contains("report: " + Path.of("demo-out/report.html"));
    assertThat(folder.resolve("demo-out/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("demo-out/model/model.pt")).isNotEmptyFile();
    assertThat(folder.resolve("demo-out/dataset.json")).isNotEmptyFile();

    Program.Ended other = run("demo", "--quick", "--seed", "4");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("quick, seed 3");
  }
}
