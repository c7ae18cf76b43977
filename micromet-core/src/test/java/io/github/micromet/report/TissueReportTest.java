// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.grid.Grid;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.tissue.TissueMask;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TissueReportTest {
  @TempDir Path folder;

  @Test
  void thePictureHasOnePixelACellAndTissueIsWhite() throws IOException {
    TissueMask mask = mask("..#", "##.");
    Path file = folder.resolve("mask.png");
    TissueReport.writePng(file, mask);

    Raster read = ImageIO.read(file.toFile()).getRaster();
    assertThat(read.getNumBands()).isEqualTo(1);
    assertThat(read.getSamples(0, 0, 3, 2, 0, (int[]) null))
        .containsExactly(0, 0, 255, 255, 255, 0);
    assertThat(sameAgain(() -> TissueReport.writePng(file, mask), file)).isTrue();
  }

  @Test
  void eachAreaOfCellsThatShareAnEdgeIsOnePolygonWithItsHoles() throws IOException {
    Path file =
        geoJson(
            mask(
                "####...#", //
                "#..#..#.",
                "####....",
                ".......#"));

    assertThat(GeoJsonRules.brokenBy(file)).isEmpty();
    JsonNode features = read(file).path("features");
    assertThat(features.findValuesAsText("Cells")).containsExactly("10", "1", "1", "1");
    assertThat(features.at("/0/geometry/coordinates")).hasSize(2);
    assertThat(features.at("/1/geometry/coordinates").toString())
        .contains("[448,0]")
        .contains("[480,64]");
  }

  @Test
  void areasThatTouchAtACornerOnlyAndHolesThatTouchTheOutlineAreStillValid() throws IOException {
    Path file =
        geoJson(
            mask(
                "####", //
                "#.##", "##.#", "####"));
    assertThat(GeoJsonRules.brokenBy(file)).isEmpty();
    assertThat(read(file).path("features")).hasSize(1);

    file =
        geoJson(
            mask(
                "###", //
                "#.#", ".##"));
    assertThat(GeoJsonRules.brokenBy(file)).isEmpty();
  }

  @Test
  void theAreaIsInSquareMicronsOfWhatLiesOnTheSlide() throws IOException {
    JsonNode features = read(geoJson(mask("##"))).path("features");

    assertThat(features.findValuesAsText("Tissue area µm^2")).containsExactly("768.0");
  }

  @Test
  void noTissueIsAValidEmptyCollection() throws IOException {
    Path file = geoJson(mask("...", "..."));

    assertThat(GeoJsonRules.brokenBy(file)).isEmpty();
    assertThat(read(file).path("features")).isEmpty();
  }

  @Test
  void theSameMaskGivesTheSameBytes() throws IOException {
    TissueMask mask = mask("#.#.#", ".#.#.", "#.###");

    assertThat(sameAgain(() -> geoJson(mask), folder.resolve("t.geojson"))).isTrue();
  }

  private static boolean sameAgain(Runnable writing, Path file) throws IOException {
    writing.run();
    byte[] once = Files.readAllBytes(file);
    writing.run();
    return Arrays.equals(once, Files.readAllBytes(file));
  }

  private Path geoJson(TissueMask mask) {
    Path file = folder.resolve("t.geojson");
    TissueReport.writeGeoJson(file, "t.tif", "12".repeat(32), info(mask.grid()), mask);
    return file;
  }

  /** A slide whose last cells hang over its right edge by half. */
  private static SlideInfo info(Grid grid) {
    return new SlideInfo(
        "x",
        "y",
        List.of(new Level(0, grid.columns() * 64L - 32, grid.rows() * 64L, 1, 64, 64)),
        Optional.of(new Mpp(0.25, 0.5)),
        OptionalDouble.empty(),
        new TreeMap<>(),
        new TreeSet<>());
  }

  private static JsonNode read(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private static TissueMask mask(String... rows) {
    Grid grid = new Grid(rows.length, rows[0].length(), 64);
    BitSet cells = new BitSet();
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < rows[row].length(); column++) {
        cells.set(grid.index(row, column), rows[row].charAt(column) == '#');
      }
    }
    return new TissueMask(grid, cells, List.of());
  }
}
