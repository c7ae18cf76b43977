// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.stat.LabelledScore;
import io.github.micromet.grid.Grid;
import io.github.micromet.map.NpyFile;
import io.github.micromet.map.ProbabilityMap;
import io.github.micromet.slide.write.PyramidOptions;
import io.github.micromet.slide.write.PyramidTiffWriter;
import io.github.micromet.slide.write.TileCompression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlideScoresTest {
  @TempDir private Path folder;
  private Path maps;

  @BeforeEach
  void twoMaps() throws IOException {
    maps = Files.createDirectories(folder.resolve("maps"));
    map("a", 0.875);
    map("b", 0.25);
  }

  private void map(String name, double highest) {
    ProbabilityMap map = new ProbabilityMap(new Grid(20, 30, 64));
    map.set(3, 4, highest);
    map.set(5, 4, highest / 2);
    NpyFile.write(map, maps.resolve(name + ".npy"));
  }

  private SlideScores byLabels(String lines) throws IOException {
    Path labels = Files.writeString(folder.resolve("labels.csv"), lines);
    return SlideScores.ofLabels(maps, DetectionSource.MAPS, labels);
  }

  @Test
  void aSlidesScoreIsTheHighestOfItsMap() throws IOException {
    SlideScores scores = byLabels("slide,label\nB.tif,normal\na,1\n");

    assertThat(scores.cases())
        .containsExactly(new LabelledScore("a", 0.875, true), new LabelledScore("b", 0.25, false));
    assertThat(scores.warnings()).isEmpty();
  }

  @Test
  void detectionsScoreAsMapsDo() throws IOException {
    Path found = Files.createDirectories(folder.resolve("found"));
    Files.writeString(found.resolve("a.csv"), "0.6,10,10\n0.9,700,300\n");
    Files.writeString(found.resolve("b.csv"), "");
    Path labels = Files.writeString(folder.resolve("labels.csv"), "a,1\nb,0\n");

    SlideScores scores = SlideScores.ofLabels(found, DetectionSource.CHALLENGE, labels);

    assertThat(scores.cases()).extracting(LabelledScore::score).containsExactly(0.9, 0.0);
  }

  @Test
  void whatHasNoLabelOrNoMapIsSaid() throws IOException {
    SlideScores scores = byLabels("a,1\nc,1\n");

    assertThat(scores.cases())
        .containsExactly(new LabelledScore("a", 0.875, true), new LabelledScore("c", 0, true));
    assertThat(scores.warnings()).hasSize(2).anyMatch(w -> w.startsWith("b has no label"));
  }

  @Test
  void aWrongLabelNamesItsLine() {
    assertThatThrownBy(() -> byLabels("a,1\nb,maybe\n"))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("labels.csv line 2")
        .hasMessageContaining("maybe");
    assertThatThrownBy(() -> byLabels("a,1\na.tif,0\n")).hasMessageContaining("second time");
  }

  @Test
  void aHeadingOfOtherWordsIsNoSlide() throws IOException {
    for (String heading : List.of("image,tumour", "slide,tumor", "name,class", "id,label")) {
      assertThat(byLabels(heading + "\na,1\nb,0\n").cases()).as(heading).hasSize(2);
    }
    assertThat(byLabels("slide,1\na,1\nb,0\n").cases()).as("a slide of that name").hasSize(3);
  }

  @Test
  void tumourOfOnePixelMakesASlidePositive() throws IOException {
    Path truth = Files.createDirectories(folder.resolve("truth"));
    for (String name : List.of("a", "b", "c")) {
      PyramidTiffWriter.writeMask(
          truth.resolve(name + ".tif"),
          2000,
          1500,
          PyramidOptions.of(new TileCompression.Deflate()),
          (x0, y0, width, height, into) -> {
            for (int i = 0; i < width * height; i++) {
              boolean pixel = x0 + i % width == 1234 && y0 + i / width == 987;
              into[i] = (byte) (pixel && !name.equals("b") ? 2 : 0);
            }
          });
    }

    SlideScores scores =
        SlideScores.ofTruth(
            new FrocInputs(maps, DetectionSource.MAPS, truth, Optional.empty(), 6), name -> {});

    assertThat(scores.cases())
        .containsExactly(
            new LabelledScore("a", 0.875, true),
            new LabelledScore("b", 0.25, false),
            new LabelledScore("c", 0, true));
    assertThat(scores.warnings()).containsExactly("c has truth but no map and is scored 0.");
  }

  @Test
  void aSlideWithoutATruthFileIsTumourFree() throws IOException {
    Path truth = Files.createDirectories(folder.resolve("truth"));
    Files.writeString(
        truth.resolve("a.json"),
        "{\"positive\": [{\"name\": \"t\", \"vertices\": [[100,100],[600,100],[600,600],[100,600]]}],"
            + " \"negative\": []}");

    SlideScores scores =
        SlideScores.ofTruth(
            new FrocInputs(maps, DetectionSource.MAPS, truth, Optional.empty(), 6), name -> {});

    assertThat(scores.cases())
        .containsExactly(new LabelledScore("a", 0.875, true), new LabelledScore("b", 0.25, false));
  }
}
