// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.TestData;
import io.github.micromet.error.MicrometException;
import io.github.micromet.truth.Annotation.Meaning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Polygon;

class PolygonJsonTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "train_Tumor_001, 2, 0, 2512",
    "train_Tumor_056, 22, 9, 16952",
    "train_Tumor_068, 39, 0, 30882",
    "valid_Normal_152, 0, 4, 2260",
    "valid_Tumor_107, 2, 3, 493"
  })
  void theFilesThatNcrfPublishesAreRead(String name, int positive, int negative, int vertices) {
    TruthPolygons truth = Annotations.read(TestData.file("annotations/ncrf/" + name + ".json"));

    assertThat(truth.outlines(Meaning.TUMOUR)).hasSize(positive);
    assertThat(truth.outlines(Meaning.EXCLUDED)).hasSize(negative);
    // Each ring repeats its first point; an outline whose last point was its first counts it once.
    int points = truth.annotations().stream().mapToInt(a -> a.outline().getNumPoints() - 1).sum();
    assertThat(points).isBetween(vertices - positive - negative, vertices);
    assertThat(truth.open()).isEmpty();
  }

  @Test
  void jsonAndXmlOfOneSlideAreTheSame() {
    TruthPolygons json = Annotations.read(TestData.file("annotations/ncrf/valid_Tumor_107.json"));
    TruthPolygons xml =
        Annotations.read(TestData.file("annotations/asap/derived-valid_tumor_107-c16.xml"));

    for (Meaning meaning : Meaning.values()) {
      List<Polygon> a = json.outlines(meaning);
      List<Polygon> b = xml.outlines(meaning);
      assertThat(a).hasSameSizeAs(b);
      for (int i = 0; i < a.size(); i++) {
        assertThat(a.get(i).equalsExact(b.get(i))).isTrue();
      }
    }
  }

  @Test
  void anOutlineKnowsItsNameItsLineAndWhetherItEnclosesAnything() throws IOException {
    Path file =
        write(
            "{\"by\": {\"any\": [1]},\n \"positive\": [\n"
                + "  {\"name\": \"A\", \"vertices\": [[0, 0], [4.5, 0], [4, 4], [0, 0]]},\n"
                + "  {\"vertices\": [[0, 0], [4, 0], [0, 0]], \"more\": null}], \"negative\": []}");

    TruthPolygons truth = PolygonJson.read(file);

    assertThat(truth.annotations()).hasSize(1);
    Annotation a = truth.annotations().get(0);
    assertThat(List.of(a.name(), a.group(), a.line())).isEqualTo(List.of("A", "positive", 3));
    assertThat(a.outline().getNumPoints()).isEqualTo(4);
    assertThat(truth.open())
        .containsExactly(new OpenOutline("positive 1", "positive", "vertices", 3, 4));
  }

  @Test
  void groupsCanBeGivenOtherMeanings() throws IOException {
    TruthPolygons truth =
        PolygonJson.read(
            write(
                "{\"positive\": [{\"vertices\": [[0,0],[4,0],[4,4]]}],"
                    + " \"negative\": [{\"vertices\": [[0,0],[2,0],[2,2]]}]}"));

    TruthPolygons turned = truth.regrouped(Map.of("negative", Meaning.TUMOUR));

    assertThat(turned.outlines(Meaning.TUMOUR)).isEqualTo(truth.outlines(Meaning.EXCLUDED));
    assertThat(turned.outlines(Meaning.EXCLUDED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"positive\": {}}",
        "{\"positive\": [3]}",
        "{\"positive\": [{\"name\": \"a\"}]}",
        "{\"positive\": [{\"vertices\": [[1]]}]}",
        "{\"positive\": [{\"vertices\": [[1, 2, 3]]}]}",
        "{\"positive\": [{\"vertices\": [[1, \"2\"]]}]}",
        "{\"positive\": [{\"vertices\": [[1, 1e999]]}]}",
        "{\"positive\": [{\"vertices\": [[1, 2], [3",
        "{\"positive\": []} []",
        "{\"positive\": [], \"positive\": []}",
        "{\"x\": [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]], \"positive\": []}",
        "not JSON",
        ""
      })
  void anythingElseIsRefusedWithTheFileAndNoTrace(String text) throws IOException {
    Path file = write(text);
    assertThatThrownBy(() -> Annotations.read(file))
        .isInstanceOf(MicrometException.class)
        .hasMessageStartingWith(file.toString());
  }

  @Test
  void whatIsWrongIsSaidWithTheLine() throws IOException {
    Path file = write("{\"positive\": [\n {\"vertices\": [[1, 2],\n [3, null]]}]}");
    assertThatThrownBy(() -> PolygonJson.read(file)).hasMessageContaining("line 3");
  }

  @Test
  void aFileOfWhiteSpaceIsRefusedBeforeItFillsMemory() throws IOException {
    Path file = folder.resolve("big.json");
    try (var out = Files.newOutputStream(file)) {
      out.write("{\"positive\": [".getBytes(StandardCharsets.UTF_8));
      byte[] blank = new byte[1 << 20];
      Arrays.fill(blank, (byte) ' ');
      for (int i = 0; i < 65; i++) {
        out.write(blank);
      }
      out.write("]}".getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> PolygonJson.read(file))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("exceeds the maximum");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("a.json"), text);
  }
}
