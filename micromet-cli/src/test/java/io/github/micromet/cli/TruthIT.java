// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands that read where the tumour is, as the packaged program. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "micromet.cmd is not run yet")
class TruthIT {
  private static final Path SLIDE = Golden.root().resolve("conformance/slides/blobs-jpeg.tif");

  @TempDir private Path folder;

  private Program.Ended run(String... words) {
    return new Program(folder).run(words);
  }

  @Test
  void maskHasTheSlidesLevelsAndTellsOfAnOutlineThatCrossesItself() throws IOException {
    Path json =
        Files.writeString(
            folder.resolve("a.json"),
            "{\"positive\": [\n{\"name\": \"bow\", \"vertices\": [[0,0],[90,90],[90,0],[0,90]]}]}");

    Program.Ended mask = run("mask", SLIDE.toString(), json.toString(), "--out", "m.tif");

    assertThat(mask.code()).as(mask.err()).isZero();
    assertThat(mask.out()).contains("1 outlines of tumour").endsWith("m.tif" + "\n");
    assertThat(mask.err())
        .contains("a.json, line 2, outline \"bow\": crosses itself at x 45, y 45");
    assertThat(levels(folder.resolve("m.tif").toString())).isEqualTo(levels(SLIDE.toString()));
    assertThat(run("mask", SLIDE.toString(), json.toString(), "--out", "m.tif").code())
        .as("a mask is not written over")
        .isEqualTo(2);
  }

  /** The lines of the slide's eight levels, without how they are stored. */
  private List<String> levels(String file) {
    List<String> levels =
        run("info", file)
            .out()
            .lines()
            .map(line -> line.strip().replaceFirst(", tiles.*", ""))
            .filter(line -> line.startsWith("level "))
            .toList();
    assertThat(levels).hasSize(8);
    return levels;
  }

  @Test
  void maskOfASizeNeedsNoSlideAndRefusesNonsense() throws IOException {
    Path json = Files.writeString(folder.resolve("a.json"), "{\"positive\": [], \"negative\": []}");

    Program.Ended mask =
        run("mask", "--size", "100000x100000", "--value", "255", json.toString(), "--out", "m.tif");

    assertThat(mask.code()).as(mask.err()).isZero();
    assertThat(mask.err()).contains("no outline means tumour");
    assertThat(run("info", "m.tif").out()).contains("100000 x 100000 pixels");
    Program.Ended both = run("mask", json.toString(), "--out", "n.tif");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err().lines()).hasSize(2);
    assertThat(run("mask", "--size", "0x5", json.toString(), "--out", "n.tif").err())
        .contains("--size 0x5");
    assertThat(run("mask", "--size", "9x1000001", json.toString(), "--out", "n.tif").code())
        .isEqualTo(2);
    Files.writeString(json, "{\"positive\": [{\"vertices\": [[1, 2], [3]]}]}");
    Program.Ended broken = run("mask", "--size", "9x9", json.toString(), "--out", "n.tif");
    assertThat(broken.code()).isEqualTo(3);
    assertThat(broken.err()).startsWith("micromet: " + json).contains("line 1");
  }

  @Test
  void patchesOfASyntheticCohortAreRowsOfTheReferencesColumns() throws IOException {
    Program.Ended synth =
        run(
            "synth --out c --tumour 1 --normal 1 --width 1280 --height 1216 --mpp 1 --lesions itc"
                .split(" "));
    assertThat(synth.code()).as(synth.err()).isZero();
    String[] words =
        "patches c/images --truth c/annotations --out p --tumour 5 --normal 4 --mask-level 4"
            .split(" ");

    Program.Ended refused = run(words);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("normal_001.tif: has no normal_001.xml", "--assume-normal");

    Program.Ended patches = run(with(words, "--assume-normal"));

    assertThat(patches.code()).as(patches.err()).isZero();
    assertThat(patches.out()).contains("training: 5 tumour and 8 normal regions of 2 slides");
    assertThat(Files.readAllLines(folder.resolve("p/training.csv")))
        .hasSize(13)
        .allMatch(row -> row.matches("(tumor|normal)_001,\\d+,\\d+(,[01]){9}"));
    assertThat(folder.resolve("p/patches.json")).isNotEmptyFile();
    assertThat(run(with(words, "--assume-normal")).code()).as("not written over").isEqualTo(2);
    Files.delete(folder.resolve("p/training.csv"));
    assertThat(run(with(words, "--assume-normal")).err()).contains("patches.json: exists already");
    assertThat(run("patches", "c/images", "--truth", "c", "--out", "q", "--validation", "1").code())
        .isEqualTo(2);
  }

  @Test
  void patchesOfAnOutlineThatCrossesItselfOrIsOpenAreRefused() throws IOException {
    Path truth = Files.createDirectory(folder.resolve("truth"));
    Path json = truth.resolve("blobs-jpeg.json");
    String[] words = {"patches", SLIDE.toString(), "--truth", "truth", "--out", "p"};

    Files.writeString(
        json, "{\"positive\": [{\"vertices\": [[0,0],[90,90],[90,0],[0,90]]}], \"negative\": []}");
    Program.Ended crossing = run(words);
    assertThat(crossing.code()).isEqualTo(3);
    assertThat(crossing.err()).contains("line 1", "crosses itself");

    Files.writeString(json, "{\"positive\": [{\"vertices\": [[0,0],[90,90]]}], \"negative\": []}");
    Program.Ended open = run(words);
    assertThat(open.code()).isEqualTo(3);
    assertThat(open.err()).contains("line 1");
    assertThat(folder.resolve("p")).doesNotExist();
  }

  @Test
  void patchesOfSlidesWithoutTumourAreRefused() {
    run("synth --out c --tumour 0 --normal 1 --width 1280 --height 1216 --mpp 1".split(" "));

    Program.Ended patches =
        run(
            "patches c/images --truth c/annotations --assume-normal --mask-level 4 --out p"
                .split(" "));

    assertThat(patches.code()).isEqualTo(3);
    assertThat(patches.err()).contains("1 training slides: have no tumour region");
    assertThat(folder.resolve("p")).doesNotExist();
  }

  private static String[] with(String[] words, String more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }
}
