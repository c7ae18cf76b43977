// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.grid.Grid;
import io.github.micromet.map.NpyFile;
import io.github.micromet.map.ProbabilityMap;
import io.github.micromet.slide.write.PyramidOptions;
import io.github.micromet.slide.write.PyramidTiffWriter;
import io.github.micromet.slide.write.TileCompression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** `micromet froc` and `micromet camelyon16` as a person runs them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "micromet.cmd is not run yet")
class FrocIT {
  private static final int CELLS = 40;

  @TempDir private Path folder;

  @BeforeEach
  void twoSlidesWithALesionEach() throws IOException {
    for (String system : new String[] {"eval", "better"}) {
      Files.createDirectory(folder.resolve(system));
    }
    Files.createDirectory(folder.resolve("truth"));
    for (String slide : new String[] {"one", "two"}) {
      PyramidTiffWriter.writeMask(
          folder.resolve("truth/" + slide + ".tif"),
          CELLS * 64,
          CELLS * 64,
          PyramidOptions.of(new TileCompression.Deflate()),
          (x0, y0, width, height, into) -> {
            for (int i = 0; i < width * height; i++) {
              boolean inside = Math.hypot(x0 + i % width - 1000, y0 + i / width - 1300) < 600;
              into[i] = (byte) (inside ? 1 : 0);
            }
          });
      map("eval", slide, slide.equals("one") ? 0.9 : 0);
      map("better", slide, 0.9);
    }
  }

  private void map(String system, String slide, double hit) {
    ProbabilityMap map = new ProbabilityMap(new Grid(CELLS, CELLS, 64));
    map.set(20, 15, hit);
    map.set(0, 39, 0.7);
    NpyFile.write(map, folder.resolve(system + "/" + slide + ".npy"));
  }

  private Program.Ended run(String... words) {
    return new Program(folder).run(words);
  }

  @Test
  void theScoreFileIsTheReferencesAndTheRestLiesBesideIt() throws IOException {
    Program.Ended froc =
        run(
            "froc",
            "-e",
            "eval",
            "-g",
            "truth",
            "-l",
            "6",
            "-s",
            "0.243",
            "-r",
            "openslide",
            "--challenge-csv",
            "csv");

    assertThat(froc.code()).as(froc.err()).isZero();
    assertThat(froc.out())
        .startsWith("FROC Score: 0.5\n")
        .contains("95 % interval", "1 of 2 lesions");
    assertThat(folder.resolve("eval/froc_score.txt")).hasContent("FROC Score: 0.5\n");
    assertThat(folder.resolve("eval/froc_lesions.csv"))
        .content()
        .hasLineCount(3)
        .contains("one,1,micro,true,true,0.9,");
    assertThat(folder.resolve("eval/froc_slides.csv")).content().contains("two,1,1,0,1,0.7");
    assertThat(folder.resolve("eval/froc_curve.csv")).content().startsWith("threshold,");
    assertThat(folder.resolve("eval/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("csv/one.csv")).hasContent("0.9,992,1312\n0.7,2528,32\n");
    JsonNode json = new ObjectMapper().readTree(Files.readString(folder.resolve("eval/froc.json")));
    assertThat(json.get("sha256").size()).isEqualTo(4);
    assertThat(json.get("rules").get("level").intValue()).isEqualTo(6);

    assertThat(run("froc", "-e", "better", "-g", "truth", "--out", "out").code()).isZero();
    assertThat(folder.resolve("better/froc_score.txt")).doesNotExist();
    Program.Ended compared = run("froc", "--compare", "eval", "out");
    assertThat(compared.code()).as(compared.err()).isZero();
    assertThat(compared.out()).contains("B - A  +0.5000", "p ", "would show a difference of");
    assertThat(run("froc", "--compare", "eval", "out", "--draws", "1").code()).isEqualTo(2);
    assertThat(run("froc", "-e", "better", "-g", "truth", "-l", "5", "--out", "five").out())
        .contains("monai-48 1, level 5");
    assertThat(run("froc", "--compare", "eval", "five").err()).contains("other rules");
    assertThat(run("froc", "-e", "csv", "-g", "truth", "--challenge-csv", "csv").err())
        .contains("one.csv: exists already");
  }

  @Test
  void whatIsMissingIsSaidInTwoLinesWithCode2() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    Program.Ended none = run("froc", "-e", "empty", "-g", "truth");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err())
        .contains("No probability map result found in 'empty' with '.npy' extension.");

    Files.delete(folder.resolve("truth/two.tif"));
    Program.Ended noMask = run("froc", "-e", "eval", "-g", "truth");
    assertThat(noMask.code()).isEqualTo(2);
    assertThat(noMask.err()).contains("two: has a map but no truth");
    assertThat(run("froc", "-e", "eval", "-g", "truth", "--protocol", "camelyon-plus").err())
        .contains("--exclude FILE");
    assertThat(run("froc", "-e", "eval").err()).contains("--ground-truth-dir");
  }

  @Test
  void aDownloadThatLacksSlidesIsCode3() throws IOException {
    Program.Ended check = run("camelyon16", "check", "eval");
    assertThat(check.code()).isEqualTo(3);
    assertThat(check.out()).contains("test slides: 0 of 129", "missing: test_001.tif");
  }
}
