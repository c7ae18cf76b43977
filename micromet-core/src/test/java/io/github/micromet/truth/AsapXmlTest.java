// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.TestData;
import io.github.micromet.error.MicrometException;
import io.github.micromet.truth.Annotation.Meaning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Polygon;

class AsapXmlTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"c16, Tumor, Exclusion", "c17, metastases, normal", "giga, _0, _2"})
  void theThreeLayoutsOfCamelyonSayTheSame(String layout, String tumour, String excluded) {
    TruthPolygons truth =
        AsapXml.read(TestData.file("annotations/asap/derived-valid_tumor_107-" + layout + ".xml"));
    assertThat(truth.annotations()).hasSize(5);
    assertThat(truth.annotations().get(0).group()).isEqualTo(tumour);
    assertThat(truth.annotations().get(4).group()).isEqualTo(excluded);
    assertThat(truth.outlines(Meaning.TUMOUR)).hasSize(2);
    assertThat(truth.outlines(Meaning.EXCLUDED)).hasSize(3);
    Polygon first = truth.annotations().get(0).outline();
    assertThat(first.getExteriorRing().getCoordinateN(1).x).isEqualTo(25771);
    assertThat(first.getExteriorRing().getCoordinateN(1).y).isEqualTo(61174);
    assertThat(first.getExteriorRing().isClosed()).isTrue();
  }

  @Test
  void filesOfAsapItselfAreReadAndDotsEncloseNothing() {
    TruthPolygons drawn = AsapXml.read(TestData.file("annotations/asap/asap-polygon.xml"));
    assertThat(drawn.annotations()).hasSize(1);
    assertThat(drawn.annotations().get(0).meaning()).isEqualTo(Meaning.OTHER);
    assertThat(drawn.annotations().get(0).outline().getNumPoints()).isEqualTo(7);
    for (String name : List.of("dot", "pointset")) {
      assertThat(
              AsapXml.read(TestData.file("annotations/asap/asap-" + name + ".xml")).annotations())
          .isEmpty();
    }
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path file = folder.resolve("a.xml");
    Files.writeString(file, document("<Coordinate Order=\"2\" X=\"20.25\" Y=\"12345678\" />"));
    TruthPolygons truth = AsapXml.read(file);
    assertThat(truth.annotations()).hasSize(1);
    Path copy = folder.resolve("b.xml");
    AsapXml.write(copy, truth, "synthetic -- not a patient");
    assertThat(Files.readString(copy)).contains("synthetic - not a patient").contains("12345678");
    TruthPolygons again = AsapXml.read(copy);
    assertThat(again.annotations().get(0).group()).isEqualTo("metastases");
    assertThat(
            again.annotations().get(0).outline().equalsExact(truth.annotations().get(0).outline()))
        .isTrue();
  }

  @Test
  void pointsAreTakenByTheirOrderNotTheirPlace() throws IOException {
    Path file = folder.resolve("a.xml");
    Files.writeString(file, document("<Coordinate Order=\"-1\" X=\"7\" Y=\"8\" />"));
    assertThat(AsapXml.read(file).annotations().get(0).outline().getCoordinate().x).isEqualTo(7);
  }

  @Test
  void twoPlacesForOneOrderAreRefusedWithTheLine() throws IOException {
    Path file = folder.resolve("twice.xml");
    Files.writeString(file, document("\n<Coordinate Order=\"1\" X=\"5\" Y=\"6\" />"));

    assertThatThrownBy(() -> AsapXml.read(file))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("two places for Order=\"1\"")
        .hasMessageContaining("in line");
  }

  @Test
  void anEntityOfAnotherFileIsNotRead() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "5");
    Path file = folder.resolve("a.xml");
    Files.writeString(
        file,
        "<!DOCTYPE a [<!ENTITY x SYSTEM \""
            + secret.toUri()
            + "\">]>"
            + document("")
                .replace("<AnnotationGroups/>", "<AnnotationGroups>&x;</AnnotationGroups>"));
    assertThatThrownBy(() -> AsapXml.read(file))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("not well-formed");
  }

  @Test
  void whatIsWrongIsSaidWithTheLine() throws IOException {
    Path file = folder.resolve("a.xml");
    Files.writeString(file, document("\n<Coordinate Order=\"2\" X=\"1,5\" Y=\"2\" />"));
    assertThatThrownBy(() -> AsapXml.read(file)).hasMessageContaining("X=\"1,5\" in line 2");
    Files.writeString(file, "<html></html>");
    assertThatThrownBy(() -> AsapXml.read(file)).hasMessageContaining("<html>");
    Files.writeString(file, document("").replace("</Annotations>", ""));
    assertThatThrownBy(() -> AsapXml.read(file)).hasMessageContaining("not well-formed");
  }

  private static String document(String more) {
    return "<ASAP_Annotations><Annotations><Annotation Name=\"a\" Type=\"Polygon\""
        + " PartOfGroup=\"metastases\"><Coordinates><Coordinate Order=\"0\" X=\"1\" Y=\"2\" />"
        + "<Coordinate Order=\"1\" X=\"30\" Y=\"4\" /><Coordinate Order=\"3\" X=\"3\" Y=\"40\" />"
        + more
        + "</Coordinates></Annotation></Annotations><AnnotationGroups/></ASAP_Annotations>";
  }
}
