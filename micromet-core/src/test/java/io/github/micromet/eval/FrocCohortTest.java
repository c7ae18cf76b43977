// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.micromet.error.MicrometException;
import io.github.micromet.grid.Grid;
import io.github.micromet.lesion.DetectionsCsv;
import io.github.micromet.lesion.ProbNms;
import io.github.micromet.map.NpyFile;
import io.github.micromet.map.ProbabilityMap;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.write.PyramidOptions;
import io.github.micromet.slide.write.PyramidTiffWriter;
import io.github.micromet.slide.write.TileCompression;
import io.github.micromet.truth.Annotation;
import io.github.micromet.truth.AsapXml;
import io.github.micromet.truth.TruthPolygons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/** Three slides of 4096 x 3072: two lesions, one lesion, none. */
class FrocCohortTest {
  private static final int WIDTH = 4096;
  private static final int HEIGHT = 3072;
  private static final GeometryFactory GEOMETRY = new GeometryFactory();
  private static final List<String> KINDS = List.of("maps", "masks", "outlines");
  private static final Polygon ROUND = circle(1000, 800, 440);
  private static final Polygon SMALL = circle(3000, 2100, 440);

  @TempDir private static Path drawn;

  @TempDir private Path folder;
  private Path maps;
  private Path masks;
  private Path outlines;

  @BeforeAll
  static void drawSlides() throws IOException {
    for (String kind : KINDS) {
      Files.createDirectory(drawn.resolve(kind));
    }
    slide("a", List.of(ROUND, SMALL), new double[][] {{12, 15, 0.9}, {44, 60, 0.8}});
    slide("b", List.of(SMALL), new double[][] {{32, 46, 0.7}, {5, 5, 0.75}});
    slide("c", List.of(), new double[][] {{20, 20, 0.95}});
  }

  @BeforeEach
  void copySlides() throws IOException {
    for (String kind : KINDS) {
      Files.createDirectory(folder.resolve(kind));
      try (Stream<Path> files = Files.list(drawn.resolve(kind))) {
        for (Path file : files.toList()) {
          Files.copy(file, folder.resolve(kind).resolve(file.getFileName()));
        }
      }
    }
    maps = folder.resolve("maps");
    masks = folder.resolve("masks");
    outlines = folder.resolve("outlines");
  }

  private static void slide(String name, List<Polygon> tumour, double[][] peaks) {
    ProbabilityMap map = new ProbabilityMap(new Grid(HEIGHT / 64, WIDTH / 64, 64));
    for (double[] peak : peaks) {
      map.set((int) peak[0], (int) peak[1], peak[2]);
    }
    NpyFile.write(map, drawn.resolve("maps/" + name + ".npy"));
    TruthPolygons truth =
        new TruthPolygons(
            tumour.stream().map(each -> new Annotation("Annotation", "_0", each)).toList());
    AsapXml.write(drawn.resolve("outlines/" + name + ".xml"), truth, "");
    mask(drawn.resolve("masks/" + name + ".tif"), truth, 1);
  }

  private static void mask(Path file, TruthPolygons truth, int value) {
    PyramidTiffWriter.writeMask(
        file,
        WIDTH,
        HEIGHT,
        PyramidOptions.of(new TileCompression.Deflate()),
        (x0, y0, width, height, into) -> {
          truth.raster().paint(x0, y0, width, height, into);
          for (int i = 0; i < width * height; i++) {
            into[i] *= (byte) value;
          }
        });
  }

  @Test
  void mapsAndMasksGiveLesionsFoundMissedAndFalsePositives() {
    FrocCohort cohort = cohort(maps, DetectionSource.MAPS, masks, "monai-48", Compat.MONAI);
    FrocResult result = cohort.result(100, 1);

    assertThat(result.slides())
        .extracting(
            SlideScore::slide, SlideScore::targets, SlideScore::found, SlideScore::falsePositives)
        .containsExactly(tuple("a", 2, 1, 1), tuple("b", 1, 1, 1), tuple("c", 0, 0, 1));
    assertThat(result.lesions())
        .extracting(LesionResult::probability)
        .containsExactly(0.9, 0.0, 0.7);
    assertThat(result.lesions().get(0).x0()).isBetween(980.0, 1020.0);
    // By hand: 3 targets, 3 slides; fp .95 .8 .75, tp .9 .7 0 -> from the left (0,0) (1/3,0)
    // (1/3,1/3)
    // (2/3,1/3) (1,1/3) (1,2/3): 0 at 1/4, 1/3 at 1/2, and from 1 on 2/3.
    assertThat(result.score()).isCloseTo((1 / 3.0 + 4 * (2 / 3.0)) / 6, within(1e-12));
    assertThat(result.interval().orElseThrow().holds(result.score())).isTrue();
    assertThat(cohort.files()).hasSize(6);
  }

  @Test
  void outlinesGiveTheSameAsTheirMasks() {
    FrocResult ofMasks = result(maps, DetectionSource.MAPS, masks, "monai-48", Compat.MONAI);
    FrocResult ofOutlines = result(maps, DetectionSource.MAPS, outlines, "monai-48", Compat.MONAI);

    assertThat(ofOutlines).isEqualTo(ofMasks);
  }

  @Test
  void challengeFilesAndDetectionsGiveTheSameAsTheMapsTheyCameFrom() throws IOException {
    FrocCohort cohort = cohort(maps, DetectionSource.MAPS, masks, "monai-48", Compat.MONAI);
    Path challenge = Files.createDirectory(folder.resolve("challenge"));
    Path detections = Files.createDirectory(folder.resolve("detections"));
    cohort
        .points()
        .forEach(
            (name, points) ->
                DetectionFiles.writeChallenge(points, challenge.resolve(name + ".csv")));
    for (String name : List.of("a", "b", "c")) {
      NpyFile.Content map = NpyFile.read(maps.resolve(name + ".npy"));
      DetectionsCsv.write(
          ProbNms.detect(map.on(new Grid(map.rows(), map.columns(), 64.3)), 0.5, 48, 6),
          Optional.empty(),
          detections.resolve(name + ".detections.csv"));
    }
    for (String ours : List.of("froc_slides.csv", "summary.csv", "roc.csv", "roc_cases.csv")) {
      Files.writeString(challenge.resolve(ours), "Micromet's own, not a slide\n");
    }
    assertThat(DetectionSource.CHALLENGE.fits("frock_001.csv")).isTrue();

    assertThat(Files.readString(challenge.resolve("a.csv")))
        .isEqualTo("0.9,992,800\n0.8,3872,2848\n");
    FrocResult expected = cohort.result(0, 1);
    assertThat(result(challenge, FrocInputs.sourceOf(challenge), masks, "monai-48", Compat.MONAI))
        .isEqualTo(expected);
    assertThat(result(detections, FrocInputs.sourceOf(detections), masks, "monai-48", Compat.MONAI))
        .isEqualTo(expected);
    assertThat(result(challenge, DetectionSource.CHALLENGE, outlines, "monai-48", Compat.MONAI))
        .as("outlines without a map or a slide have no size, and need none")
        .isEqualTo(expected);
  }

  @Test
  void aSlideWithoutTruthIsAnErrorForMonaiLeftOutForCorrectAndNormalForTheChallenge()
      throws IOException {
    Files.delete(masks.resolve("c.tif"));

    assertThatThrownBy(() -> result(maps, DetectionSource.MAPS, masks, "monai-48", Compat.MONAI))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("c: has a map but no truth");
    FrocResult correct = result(maps, DetectionSource.MAPS, masks, "monai-48", Compat.CORRECT);
    assertThat(correct.slides()).hasSize(2);
    assertThat(correct.warnings())
        .anyMatch(w -> w.startsWith("1 slide left out") && w.endsWith(": c."));
    FrocResult challenge =
        result(maps, DetectionSource.MAPS, masks, "challenge-129", Compat.CORRECT);
    assertThat(challenge.slides()).hasSize(3);
    assertThat(challenge.slides().get(2).falsePositives()).isEqualTo(1);
  }

  @Test
  void truthWithoutAMapIsDroppedByMonaiAndMissedByCorrectAndSaidByBoth() throws IOException {
    Files.delete(maps.resolve("b.npy"));

    FrocResult monai = result(maps, DetectionSource.MAPS, masks, "monai-48", Compat.MONAI);
    FrocResult correct = result(maps, DetectionSource.MAPS, masks, "monai-48", Compat.CORRECT);

    assertThat(monai.slides()).extracting(SlideScore::slide).containsExactly("a", "c");
    assertThat(monai.warnings())
        .anyMatch(w -> w.contains("without a map, not counted") && w.endsWith(": b."));
    assertThat(correct.slides()).extracting(SlideScore::slide).containsExactly("a", "b", "c");
    assertThat(correct.slides().get(1).targets()).isEqualTo(1);
    assertThat(correct.slides().get(1).found()).isZero();
  }

  @Test
  void aSlideWithNeitherMapNorTruthCountsWhereAllDo() throws IOException {
    Path slides = Files.createDirectory(folder.resolve("slides"));
    for (String name : List.of("a.tif", "C_mask.tif", "D.tif")) {
      Files.copy(masks.resolve("a.tif"), slides.resolve(name));
    }
    FrocInputs inputs = new FrocInputs(maps, DetectionSource.MAPS, masks, Optional.of(slides), 6);
    Protocol all = Protocols.of("challenge-129");

    FrocResult monai = FrocCohort.read(inputs, all, Compat.MONAI, n -> {}).result(0, 1);
    FrocResult correct = FrocCohort.read(inputs, all, Compat.CORRECT, n -> {}).result(0, 1);
    FrocResult some =
        FrocCohort.read(inputs, Protocols.of("monai-48"), Compat.CORRECT, n -> {}).result(0, 1);

    assertThat(monai.slides()).hasSize(3);
    assertThat(monai.warnings())
        .anyMatch(
            w -> w.contains("without a map and without truth, not counted") && w.endsWith("D."))
        .anyMatch(w -> w.startsWith("3 slides count, but challenge-129 1 is of 129"));
    assertThat(correct.slides()).extracting(SlideScore::slide).contains("D").hasSize(4);
    assertThat(correct.warnings()).anyMatch(w -> w.contains("counted as tumour-free slides"));
    assertThat(some.slides()).hasSize(3);
  }

  @Test
  void aMapWithAValueThatIsNoNumberIsNamed() {
    ProbabilityMap map = new ProbabilityMap(new Grid(2, 3, 64));
    map.set(1, 2, Double.NaN);
    NpyFile.write(map, maps.resolve("c.npy"));

    assertThatThrownBy(() -> result(maps, DetectionSource.MAPS, masks, "monai-48", Compat.MONAI))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("c.npy: holds NaN in row 1, column 2");
  }

  @Test
  void aGrowthOfMoreCellsThanThereAreIsRefused() {
    Protocol fine = Protocols.of("monai-48").withLevel(0).withSpacing(OptionalDouble.of(0.001));
    assertThatThrownBy(
            () ->
                FrocCohort.read(
                    inputs(maps, DetectionSource.MAPS, masks), fine, Compat.MONAI, name -> {}))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("37500 cells");
  }

  @Test
  void aMaskIsPreferredToTheSlideBesideIt() throws IOException {
    Files.createFile(masks.resolve("a_mask.tif"));
    assertThat(TruthFolder.of(masks).find("a.npy", "a")).contains(masks.resolve("a_mask.tif"));
  }

  @Test
  void aMaskOf255HasNoTumourForMonaiAndOneForCorrectAndBothSaySo() throws IOException {
    TruthPolygons truth = new TruthPolygons(List.of(new Annotation("Annotation", "_0", ROUND)));
    Files.delete(masks.resolve("a.tif"));
    mask(masks.resolve("a.tif"), truth, 255);

    FrocResult monai = result(maps, DetectionSource.MAPS, masks, "monai-48", Compat.MONAI);
    FrocResult correct = result(maps, DetectionSource.MAPS, masks, "monai-48", Compat.CORRECT);
    FrocResult challenge = result(maps, DetectionSource.MAPS, masks, "challenge-129", Compat.MONAI);

    assertThat(monai.slides().get(0).lesions()).isZero();
    assertThat(monai.warnings())
        .anyMatch(w -> w.contains("of the mask are 255, not 1, and do not count"))
        .anyMatch(w -> w.startsWith("2 slides with an empty mask") && w.contains("phantom"));
    assertThat(correct.slides().get(0).lesions()).isEqualTo(1);
    assertThat(correct.warnings()).anyMatch(w -> w.contains("255, not 1, and count as tumour"));
    assertThat(challenge.slides().get(0).lesions()).isEqualTo(1);
    assertThat(challenge.slides().get(1).lesions()).as("a mask of 1 where 255 is asked").isZero();
  }

  @Test
  void excludedSlidesAreLeftOutAndSaid() {
    Protocol protocol = Protocols.of("monai-48").withExclusions(List.of("B"));
    FrocResult result =
        FrocCohort.read(
                inputs(maps, DetectionSource.MAPS, masks), protocol, Compat.MONAI, name -> {})
            .result(0, 1);
    assertThat(result.slides()).extracting(SlideScore::slide).containsExactly("a", "c");
    assertThat(result.warnings())
        .anyMatch(w -> w.contains("left out by the protocol monai-48 1, own exclusions: b."));
  }

  @Test
  void aMaskThatEndsBeforeTheLevelIsHalvedAndSaid() {
    FrocResult result =
        FrocCohort.read(
                inputs(maps, DetectionSource.MAPS, masks),
                Protocols.of("monai-48").withLevel(8),
                Compat.MONAI,
                name -> {})
            .result(0, 1);
    assertThat(result.lesions()).hasSize(3);
    assertThat(result.warnings()).anyMatch(w -> w.contains("a.tif ends at level 7"));
  }

  @Test
  void aFolderWithoutMapsIsRefusedInTheReferencesWords() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> FrocInputs.sourceOf(empty))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining(
            "No probability map result found in '" + empty + "' with '.npy' extension.");
  }

  @Test
  void eachNpyInANameBecomesTifAsInTheReference() throws IOException {
    Path truth = Files.createDirectory(folder.resolve("odd"));
    Files.createFile(truth.resolve("x.tif.1.tif"));
    assertThat(TruthFolder.of(truth).find("x.npy.1.npy", "x.npy.1")).isPresent();
    assertThat(TruthFolder.of(truth).find("y.npy", "y")).isEmpty();
    Files.createFile(truth.resolve("Test_001_Mask.tif"));
    assertThat(TruthFolder.of(truth).find("test_001.npy", "test_001")).isPresent();
    assertThat(TruthFolder.of(truth).slides()).containsExactly("Test_001", "x.tif.1");
  }

  @Test
  void spacingOfEachSlideIsAskedForWhereNobodySaysIt() {
    Protocol own = Protocols.of("monai-48").withSpacing(OptionalDouble.empty());
    assertThatThrownBy(
            () ->
                FrocCohort.read(
                    inputs(maps, DetectionSource.MAPS, outlines), own, Compat.MONAI, name -> {}))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("how large a pixel is");
  }

  @Test
  void sizeAndSpacingOfOutlinesComeFromTheSlides() throws IOException {
    Path slides = Files.createDirectory(folder.resolve("slides"));
    for (String name : List.of("a", "b", "c")) {
      PyramidTiffWriter.writeMask(
          slides.resolve(name + ".tif"),
          WIDTH,
          HEIGHT,
          PyramidOptions.of(new TileCompression.Deflate()).withMpp(Mpp.of(0.5)),
          (x0, y0, width, height, into) -> Arrays.fill(into, 0, width * height, (byte) 0));
    }
    FrocInputs inputs =
        new FrocInputs(maps, DetectionSource.MAPS, outlines, Optional.of(slides), 6);
    Protocol monai48 = Protocols.of("monai-48");

    FrocResult own =
        FrocCohort.read(
                inputs, monai48.withSpacing(OptionalDouble.empty()), Compat.MONAI, name -> {})
            .result(0, 1);
    FrocResult typed =
        FrocCohort.read(inputs, monai48.withSpacing(OptionalDouble.of(0.5)), Compat.MONAI, n -> {})
            .result(0, 1);

    assertThat(own.lesions()).isEqualTo(typed.lesions()).hasSize(3);
    assertThat(own.lesions().get(0).longestUm()).isBetween(400.0, 480.0);
    assertThat(own.warnings())
        .as("map and mask have one size")
        .noneMatch(w -> w.contains("cells and the mask"));
  }

  @Test
  void onlyJsonThatHoldsOutlinesIsTruth() throws IOException {
    Files.writeString(masks.resolve("manifest.json"), "{\"slides\": []}");
    Files.writeString(masks.resolve("d.json"), "{\"positive\": [], \"negative\": []}");
    assertThat(TruthFolder.of(masks).slides()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aLineThatIsNoDetectionIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("d.csv"), "0.5,10,20\n0.5,x,20\n");
    assertThatThrownBy(() -> DetectionFiles.read(file)).hasMessageContaining("d.csv line 2");
    Files.writeString(file, "0.5,10\n");
    assertThatThrownBy(() -> DetectionFiles.read(file))
        .hasMessageContaining("has 2 columns, not 3");
    Files.writeString(file, "");
    assertThat(DetectionFiles.read(file)).isEmpty();
  }

  @Test
  void jsonReadBackComparesAsEqualToItself() throws IOException {
    FrocCohort cohort = cohort(maps, DetectionSource.MAPS, masks, "monai-48", Compat.MONAI);
    FrocResult result = cohort.result(50, 1);
    Path json = folder.resolve("froc.json");
    FrocJson.write(
        json,
        result,
        cohort.counts(),
        Protocols.of("monai-48"),
        Map.of("seed", "1"),
        Map.of("a.npy", "00"));

    FrocJson.Read read = FrocJson.read(json);

    assertThat(read.slides())
        .extracting(SlideCount::lesions)
        .isEqualTo(cohort.counts().stream().map(SlideCount::lesions).toList());
    SlideBootstrap.Comparison same =
        SlideBootstrap.compare(read.slides(), cohort.counts(), read.rates(), 50, 1, 0.95);
    assertThat(same.difference()).isZero();
    assertThat(same.scoreA()).isEqualTo(result.score());
    assertThat(read.rules()).containsEntry("level", "6").doesNotContainKey("source");
    Files.writeString(json, Files.readString(json).replace("\"slides\" : [", "\"more\" : ["));
    assertThatThrownBy(() -> FrocJson.read(json)).isInstanceOf(MicrometException.class);
    Files.writeString(json, "{\"format\":\n oops");
    assertThatThrownBy(() -> FrocJson.read(json))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
        .hasMessageContaining("line 2");
    Files.writeString(json, "{}");
    assertThatThrownBy(() -> FrocJson.read(json))
        .hasMessageContaining("is not a micromet-froc file");
  }

  @Test
  void theScoreIsPrintedAsPythonPrintsIt() {
    assertThat(Numbers.python(0.5555555555555555)).isEqualTo("0.5555555555555555");
    assertThat(Numbers.python(1)).isEqualTo("1.0");
    assertThat(Numbers.python(0)).isEqualTo("0.0");
    assertThat(Numbers.python(Double.NaN)).isEqualTo("nan");
    assertThat(Numbers.python(1e-5)).isEqualTo("1e-05");
    assertThat(Numbers.python(1.5e-7)).isEqualTo("1.5e-07");
    assertThat(Numbers.python(1e22)).isEqualTo("1e+22");
    assertThat(Numbers.python(2e-3)).isEqualTo("0.002");
    assertThat(Numbers.python(0.1 + 0.2)).isEqualTo("0.30000000000000004");
    assertThat(Numbers.python(123456)).isEqualTo("123456.0");
  }

  private static Polygon circle(double x, double y, double radius) {
    List<Coordinate> ring = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double angle = 2 * Math.PI * i / 60;
      ring.add(new Coordinate(x + radius * Math.cos(angle), y + radius * Math.sin(angle)));
    }
    ring.add(ring.get(0).copy());
    return GEOMETRY.createPolygon(ring.toArray(new Coordinate[0]));
  }

  private static FrocInputs inputs(Path folder, DetectionSource source, Path truth) {
    return new FrocInputs(folder, source, truth, Optional.empty(), 6);
  }

  private static FrocCohort cohort(
      Path folder, DetectionSource source, Path truth, String protocol, Compat compat) {
    return FrocCohort.read(
        inputs(folder, source, truth), Protocols.of(protocol), compat, name -> {});
  }

  private static FrocResult result(
      Path folder, DetectionSource source, Path truth, String protocol, Compat compat) {
    return cohort(folder, source, truth, protocol, compat).result(0, 1);
  }
}
