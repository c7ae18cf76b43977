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
}
