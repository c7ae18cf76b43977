// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.lesion.Detection;
import io.github.micromet.lesion.Lesion;
import io.github.micromet.run.Records;
import io.github.micromet.run.SlideSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

class GeoJsonReportTest {
  private static final GeometryFactory SHAPES = new GeometryFactory();

  @TempDir Path folder;

  private final SlideSource slide = Records.slide("a.tif", OptionalDouble.of(1)).slide();

  @Test
  void lesionsAndDetectionsKeepTheRulesOfRfc7946AndOfQuPath() throws IOException {
    Path file = write(List.of(lesion(), squareLesion(3000)), List.of(detection(7), detection(8)));

    assertThat(GeoJsonRules.brokenBy(file)).isEmpty();
    assertThat(read(file).path("features")).hasSize(4);
  }

  @Test
  void aSlideWithoutFindingsGetsAValidCollectionWithoutFeatures() throws IOException {
    Path file = write(List.of(), List.of());

    assertThat(GeoJsonRules.brokenBy(file)).isEmpty();
    assertThat(read(file).path("features")).isEmpty();
    assertThat(read(file).at("/micromet/labels/0").asText()).isEqualTo("untrained network");
  }

  @Test
  void aLesionIsATumourAnnotationWithItsMeasurementsAndHoles() throws IOException {
    JsonNode feature = read(write(List.of(lesion()), List.of())).at("/features/0");

    assertThat(feature.at("/properties/objectType").asText()).isEqualTo("annotation");
    assertThat(feature.at("/properties/name").asText()).isEqualTo("Lesion 1");
    assertThat(feature.at("/properties/classification/name").asText()).isEqualTo("Tumor");
    JsonNode measured = feature.at("/properties/measurements");
    assertThat(measured.path("Max probability").asDouble()).isEqualTo(0.9375);
    assertThat(measured.path("Lesion area µm^2").asDouble()).isEqualTo(6000.5);
    assertThat(measured.path("Longest extent µm").asDouble()).isEqualTo(142.25);
    JsonNode rings = feature.at("/geometry/coordinates");
    assertThat(rings).hasSize(2);
    // 65.42222... x 26 = 1700.9777...: a hundredth of a pixel is what QuPath keeps.
    assertThat(rings.toString()).contains("1700.98").doesNotContain("1700.977");
  }

  @Test
  void anUnknownSpacingLeavesTheMicronsOutInsteadOfWritingZero() throws IOException {
    Path file = write(List.of(squareLesion(0)), List.of());

    assertThat(GeoJsonRules.brokenBy(file)).isEmpty();
    assertThat(read(file).at("/features/0/properties/measurements").toString())
        .doesNotContain("µm");
  }

  @Test
  void aDetectionIsAPointAtTheCentreOfItsCell() throws IOException {
    JsonNode feature = read(write(List.of(), List.of(detection(7)))).at("/features/0");

    assertThat(feature.at("/geometry/type").asText()).isEqualTo("Point");
    assertThat(feature.at("/geometry/coordinates").toString()).isEqualTo("[490.67,98.13]");
    assertThat(feature.at("/properties/measurements/Probability").asDouble()).isEqualTo(0.75);
  }

  @Test
  void theSameFindingsGiveTheSameBytesAndAnotherSlideOtherIds() throws IOException {
    List<Lesion> lesions = List.of(lesion(), lesion());
    byte[] once = Files.readAllBytes(write(lesions, List.of(detection(7))));
    byte[] again = Files.readAllBytes(write(lesions, List.of(detection(7))));
    assertThat(again).isEqualTo(once);

    SlideSource other =
        new SlideSource(
            slide.name(),
            "99".repeat(32),
            slide.bytes(),
            slide.sha256(),
            slide.format(),
            slide.reader(),
            slide.levels(),
            slide.mpp());
    Path file = folder.resolve("other.geojson");
    GeoJsonReport.write(file, other, Records.provenance(), lesions, List.of(detection(7)));
    String id = new ObjectMapper().readTree(once).at("/features/2/id").asText();
    assertThat(Files.readString(file)).doesNotContain(id);
  }

  @Test
  void theRulesSeeABrokenFile() throws IOException {
    String good = Files.readString(write(List.of(lesion()), List.of(detection(7))));

    broken(good.replace("[[[640,", "[[[641,"), "3.1.6: a ring ends where it began");
    broken(good.replace("FeatureCollection", "Features"), "3.3: a FeatureCollection");
    broken(good.replace("\"annotation\"", "\"note\""), "QuPath: objectType is one it knows");
    broken(good.replace("0.9375", "null"), "QuPath: a measurement is a number");
    broken(good.replace("[200,0,0]", "[300,0,0]"), "QuPath: a channel is 0 to 255: 300");
    broken(good.replace("\"name\":\"Lesion 1\"", "\"name\":null"), "QuPath: the name is text");
    broken(good.replaceFirst("\"id\":\"", "\"id\":\"x"), "QuPath: the id is a UUID");
    broken(
        good.replace("{\"type\":\"Feature\",", "{\"type\":\"F\",\"type\":\"Feature\","), "twice");
  }

  @Test
  void theRulesSeeRingsThatTurnTheWrongWay() throws IOException {
    String ring = "[[0,0],[0,9],[9,9],[9,0],[0,0]]";
    String feature = Files.readString(write(List.of(squareLesion(0)), List.of()));
    String geometry =
        feature.replaceAll("\"coordinates\":\\[\\[.*?\\]\\]\\]", "\"coordinates\":[" + ring + "]");

    broken(geometry, "3.1.6: the outer ring counterclockwise, the others clockwise");
  }

  private void broken(String text, String rule) throws IOException {
    Path file = Files.writeString(folder.resolve("broken.geojson"), text);
    assertThat(GeoJsonRules.brokenBy(file)).anySatisfy(words -> assertThat(words).contains(rule));
  }

  private Path write(List<Lesion> lesions, List<Detection> detections) {
    Path file = folder.resolve("a.geojson");
    GeoJsonReport.write(file, slide, Records.provenance(), lesions, detections);
    return file;
  }

  private static JsonNode read(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  /** Clockwise outside and counterclockwise inside, so that the writer has to turn both. */
  private static Lesion lesion() {
    double far = 65.42222222222222 * 26;
    LinearRing outer = ring(640, 0, 640, far, far, far, far, 0, 640, 0);
    LinearRing hole = ring(700, 100, 800, 100, 800, 200, 700, 200, 700, 100);
    return new Lesion(
        SHAPES.createPolygon(outer, new LinearRing[] {hole}),
        12,
        0.9375,
        0.625,
        1e6,
        OptionalDouble.of(6000.5),
        OptionalDouble.of(142.25));
  }

  private static Lesion squareLesion(double at) {
    Polygon square =
        SHAPES.createPolygon(ring(at, at, at + 64, at, at + 64, at + 64, at, at + 64, at, at));
    return new Lesion(square, 1, 0.75, 0.75, 4096, OptionalDouble.empty(), OptionalDouble.empty());
  }

  private static LinearRing ring(double... xy) {
    Coordinate[] corners = new Coordinate[xy.length / 2];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = new Coordinate(xy[2 * i], xy[2 * i + 1]);
    }
    return SHAPES.createLinearRing(corners);
  }

  private static Detection detection(int column) {
    double cell = 65.42222222222222;
    return new Detection(1, column, 0.75, (column + 0.5) * cell, 1.5 * cell, 480, 96);
  }
}
