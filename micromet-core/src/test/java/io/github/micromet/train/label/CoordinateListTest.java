// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.Golden;
import io.github.micromet.TestData;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.Csv;
import io.github.micromet.truth.PolygonJson;
import io.github.micromet.truth.RegionLabels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NCRF's coordinates with its polygons. */
class CoordinateListTest {
  /** Tumour left of x 700: of a region at 700 the left column of cells alone. */
  private static final String LEFT =
      """
      {"positive": [
        {"name": "a", "vertices": [[0, 0], [690, 0], [690, 1400], [0, 1400]]}],
       "negative": []}
      """;

  @TempDir Path folder;

  @BeforeEach
  void twoSlides() throws IOException {
    Path slide = Golden.root().resolve("conformance/slides/blobs-jpeg.tif");
    for (String name : new String[] {"tumor_001.tif", "Normal_002.tif"}) {
      Files.createDirectories(folder.resolve("images"));
      Files.copy(slide, folder.resolve("images").resolve(name));
    }
    write("jsons/train/Tumor_001.json", LEFT);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private TrainingLists read(boolean allowCrossing, Path... files) {
    return TrainingLists.read(
        new LabelSources(
            List.of(files),
            List.of(),
            Optional.empty(),
            Optional.of(folder.resolve("jsons")),
            allowCrossing,
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty()));
  }

  @Test
  void aRegionIsLabelledByItsSlidesPolygonsAndANormalSlideIsFreeOfTumour() throws Exception {
    Path tumour = write("tumor_train.txt", "Tumor_001,700,700\nTumor_001,1500,700\n");
    Path normal = write("normal_train.txt", "Normal_002,700,700\n");
    TrainingLists lists = read(false, tumour, normal);
    assertThat(lists.training())
        .extracting(LabelledRegion::labels)
        .containsExactly(
            List.of(1, 0, 0, 1, 0, 0, 1, 0, 0),
            List.of(0, 0, 0, 0, 0, 0, 0, 0, 0),
            List.of(0, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(lists.notes())
        .singleElement()
        .asString()
        .contains("1 slides have no annotation")
        .contains("Normal_002");
  }

  @Test
  void aTumourSlideWithoutAnAnnotationIsRefused() throws Exception {
    Path file = write("t.txt", "Normal_002,700,700\ntumor_001,700,700\n");
    Files.delete(folder.resolve("jsons/train/Tumor_001.json"));
    assertThatThrownBy(() -> read(false, file))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("t.txt: line 2 names the slide tumor_001, which has no annotation");
  }

  @Test
  void anOutlineThatCrossesItselfOrIsOpenIsRefusedWithItsFileAndLine() throws Exception {
    Path file = write("t.txt", "Tumor_001,700,700\nNormal_002,700,700\n");
    write(
        "jsons/train/Tumor_001.json",
        LEFT.replace("[690, 0], [690, 1400]", "[690, 1400], [690, 0]"));
    assertThatThrownBy(() -> read(false, file))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("Tumor_001.json, line 2")
        .hasMessageContaining("crosses itself");
    assertThat(read(true, file).training()).hasSize(2);
    write("jsons/train/Tumor_001.json", LEFT.replace(", [690, 1400], [0, 1400]", ""));
    assertThatThrownBy(() -> read(true, file))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("Tumor_001.json, line 2")
        .hasMessageContaining("is open");
  }

  @Test
  void aLineOfAnotherFormIsNamedWithItsNumber() throws Exception {
    Path file = write("t.txt", "Tumor_001,700,700\n\nTumor_001,700\n");
    assertThatThrownBy(() -> read(false, file))
        .hasMessageEndingWith("t.txt: line 3 has 2 columns, not 3");
  }

  /**
   * Lines that MONAI's tutorial publishes (pathology/tumor_detection/validation.csv): their labels,
   * which stand column by column, are what NCRF's rule makes of NCRF's polygons.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tumor_107,26112,60715,0,0,1,0,1,1,1,1,1",
        "tumor_107,29656,61364,0,1,0,1,1,0,0,0,0",
        "tumor_107,28707,61081,1,1,1,0,1,1,0,1,1",
        "tumor_107,26447,60792,0,1,1,0,1,1,1,1,1",
        "tumor_107,27294,59360,0,1,1,0,1,1,0,1,1",
        "tumor_107,29054,61476,1,1,1,0,1,0,1,0,0",
        "tumor_105,92511,70442,1,1,1,0,1,1,0,0,0",
        "tumor_105,80165,66288,0,0,0,0,1,0,0,1,0",
        "tumor_105,28306,30082,0,0,1,0,1,1,0,0,0",
        "tumor_105,31424,29632,0,0,0,0,0,0,0,0,1",
        "tumor_109,88960,36486,0,0,0,1,1,0,1,1,0",
        "tumor_110,37165,27529,1,1,1,1,1,1,1,1,1",
      })
  void publishedLabelsAreNcrfsRuleColumnByColumn(String published) {
    List<String> fields = Csv.fields(published);
    String name = "annotations/ncrf/valid_T" + fields.get(0).substring(1) + ".json";
    List<Integer> found =
        RegionLabels.of(
            PolygonJson.read(TestData.file(name)),
            Long.parseLong(fields.get(1)),
            Long.parseLong(fields.get(2)));
    assertThat(found).isEqualTo(RegionCsv.rowByRow(fields, new Line(Path.of("validation.csv"), 1)));
  }
}
