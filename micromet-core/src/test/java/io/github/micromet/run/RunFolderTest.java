// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path temp;

  private final List<RunFolder> open = new ArrayList<>();

  private RunFolder keep(RunFolder folder) {
    open.add(folder);
    return folder;
  }

  private static void opened(Path folder) {
    try (RunFolder run = RunFolder.open(folder, Optional.empty())) {
      assertThat(run.path()).isEqualTo(folder);
    }
  }

  @AfterEach
  void close() {
    open.forEach(RunFolder::close);
  }

  @Test
  void oneRunAFolderAndTheNextOnlyWhenItHasEnded() {
    try (RunFolder first = RunFolder.open(temp, Optional.empty())) {
      assertThatThrownBy(() -> RunFolder.open(first.path(), Optional.empty()))
          .isInstanceOfSatisfying(
              MicrometException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USAGE))
          .hasMessageContaining("another run is writing into it");
    }
    opened(temp);
  }

  @Test
  void aNewFolderIsMadeWithItsParentsAndSaysThatARunIsUnderWay() throws IOException {
    Path folder = temp.resolve("a/b");
    RunFolder.open(folder, Optional.empty()).close();

    JsonNode run = new ObjectMapper().readTree(folder.resolve("run.json").toFile());
    assertThat(run.path("format").asText()).isEqualTo("micromet-run");
    assertThat(run.path("status").asText()).isEqualTo("running");
  }

  @Test
  void aFolderOfSomebodyElseIsRefusedNamingItsFilesAndLeftAlone() throws IOException {
    for (String name : List.of("thesis.docx", "d.txt", "c.txt", "b.npy")) {
      Files.writeString(temp.resolve(name), "mine");
    }

    assertThatThrownBy(() -> RunFolder.open(temp, Optional.empty()))
        .isInstanceOfSatisfying(
            MicrometException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.USAGE);
              assertThat(e.problem()).contains("b.npy, c.txt, d.txt and 1 more");
              assertThat(e.remedy()).contains("--overwrite " + temp);
            });
    assertThat(temp.resolve("run.json")).doesNotExist();
  }

  @Test
  void aFolderOfAnEarlierRunIsTakenButNotOneWithAForeignFileToo() throws IOException {
    RunFolder.open(temp, Optional.empty()).close();
    Files.writeString(temp.resolve("x.npy"), "");
    Files.writeString(temp.resolve("summary.csv"), "");
    Files.writeString(temp.resolve(".x.geojson.77-1.part"), "");
    opened(temp);

    for (String ofFroc : List.of("froc_score.txt", "froc_slides.csv", "froc.json", "report.html")) {
      Files.writeString(temp.resolve(ofFroc), "");
    }
    opened(temp);

    Files.writeString(temp.resolve("notes.txt"), "");
    assertThatThrownBy(() -> RunFolder.open(temp, Optional.empty()))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("holds notes.txt that");
  }

  @Test
  void aRunJsonOfAnotherProgramDoesNotMakeAFolderOurs() throws IOException {
    Files.writeString(temp.resolve("run.json"), "{\"format\": \"something else\"}");

    assertThatThrownBy(() -> RunFolder.open(temp, Optional.empty()))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("run.json");
  }

  @Test
  void overwriteTakesTheFolderItNamesAndKeepsTheFilesOfOthers() throws IOException {
    Files.writeString(temp.resolve("thesis.docx"), "mine");
    RunFolder folder = keep(RunFolder.open(temp, Optional.of(temp.resolve("."))));
    folder.clear("a.tif");

    assertThat(Files.readString(temp.resolve("thesis.docx"))).isEqualTo("mine");
  }

  @Test
  void overwriteOfAnotherFolderIsRefused() {
    Path other = temp.resolve("other");

    assertThatThrownBy(() -> RunFolder.open(temp, Optional.of(other)))
        .isInstanceOfSatisfying(
            MicrometException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USAGE));
    assertThat(temp.resolve("run.json")).doesNotExist();
  }

  @Test
  void aFileInThePlaceOfTheFolderIsRefused() throws IOException {
    Path file = Files.writeString(temp.resolve("out"), "");

    assertThatThrownBy(() -> RunFolder.open(file, Optional.empty()))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("is a file, not a folder");
  }

  @Test
  void filesAreNamedAsTheReferenceNamesItsMaps() {
    assertThat(SlideFiles.nameOf("a.b.tif")).isEqualTo("a.b");
    assertThat(SlideFiles.nameOf("x.ome.tiff")).isEqualTo("x.ome");
    assertThat(SlideFiles.nameOf("x.tif.gz")).isEqualTo("x");
    assertThat(SlideFiles.nameOf("plain")).isEqualTo("plain");
    assertThat(SlideFiles.nameOf(".hidden")).isEqualTo(".hidden");
    assertThat(SlideFiles.in(temp, "t.svs").all())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("t.npy", "t.detections.csv", "t.geojson", "t.heatmap.png", "t.run.json");
  }

  @Test
  void clearingASlideRemovesItsFilesAndNoOthers() throws IOException {
    RunFolder folder = keep(RunFolder.open(temp, Optional.empty()));
    for (Path file : folder.files("a.tif").all()) {
      Files.writeString(file, "old");
    }
    Files.writeString(temp.resolve("ab.npy"), "other");
    folder.clear("a.tif");

    assertThat(folder.files("a.tif").all()).noneMatch(Files::exists);
    assertThat(temp.resolve("ab.npy")).exists();
  }

  @Test
  void theSummaryHasARowForEachSlideWhateverBecameOfIt() throws IOException {
    RunFolder folder = keep(RunFolder.open(temp, Optional.empty()));
    folder.write(
        Records.provenance(),
        List.of(
            Records.slide("a.tif", OptionalDouble.of(2_500_000)),
            Records.slide("b.svs", OptionalDouble.empty()),
            SlideOutcome.Failed.of(
                "c, \"d\".tif",
                new MicrometException(
                    ErrorKind.INPUT, "c.tif", "ends at byte 7,\nnot 9", "Copy it again.")),
            new SlideOutcome.Stopped("e.tif")),
        Timing.NONE);

    assertThat(Files.readString(temp.resolve("summary.csv")))
        .isEqualTo(
            """
            slide,status,reason,windows,detections,lesions,max_probability,tissue_mm2,lesion_mm2,largest_lesion_mm,bad_tiles,seconds
            a.tif,done,,500,2,1,0.875000,0.1300,2.5000,1.234,1,12.2
            b.svs,done,,500,2,1,0.875000,,,,1,12.2
            "c, ""d"".tif",failed,"c.tif: ends at byte 7, not 9",,,,,,,,,
            e.tif,stopped,,,,,,,,,,
            """);
  }

  @Test
  void theRunRecordTellsHowEachSlideEndedAndHowFarTheRunCame() throws IOException {
    RunFolder folder = keep(RunFolder.open(temp, Optional.empty()));
    SlideRecord done = Records.slide("a.tif", OptionalDouble.empty());
    SlideOutcome failed =
        SlideOutcome.Failed.of(
            "b.tif", new MicrometException(ErrorKind.INPUT, "b.tif", "is broken", ""));

    folder.write(Records.provenance(), List.of(done), Timing.NONE);
    assertThat(run().path("status").asText()).isEqualTo("done");
    assertThat(run().at("/provenance/model/sha256").asText()).hasSize(64);
    assertThat(run().at("/slides/0/record").asText()).isEqualTo("a.run.json");
    assertThat(run().at("/slides/0/windowsScored").asInt()).isEqualTo(500);

    folder.write(Records.provenance(), List.of(done, failed), Timing.NONE);
    assertThat(run().path("status").asText()).isEqualTo("failed");
    assertThat(run().at("/slides/1/reason").asText()).isEqualTo("b.tif: is broken");

    folder.write(
        Records.provenance(), List.of(failed, new SlideOutcome.Stopped("c.tif")), Timing.NONE);
    assertThat(run().path("status").asText()).isEqualTo("stopped");
    assertThat(run().at("/slides/1/status").asText()).isEqualTo("stopped");
  }

  @Test
  void aRunUnderWayTellsOfTheSlidesThatHaveEnded() throws IOException {
    RunFolder folder = keep(RunFolder.open(temp, Optional.empty()));
    folder.writeSoFar(
        Records.provenance(), List.of(Records.slide("a.tif", OptionalDouble.empty())), Timing.NONE);

    assertThat(run().path("status").asText()).isEqualTo("running");
    assertThat(run().at("/slides/0/status").asText()).isEqualTo("done");
    assertThat(Files.readAllLines(temp.resolve("summary.csv"))).hasSize(2);
    folder.close();
    opened(temp);
  }

  private JsonNode run() throws IOException {
    return new ObjectMapper().readTree(temp.resolve("run.json").toFile());
  }
}
