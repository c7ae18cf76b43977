// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.TestData;
import io.github.micromet.error.MicrometException;
import io.github.micromet.truth.OutlineFault.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutlineCheckTest {
  @TempDir Path folder;

  @Test
  void aCrossingIsToldWithFileLineNameAndPlace() throws IOException {
    Path file = xml("_0", "Polygon", "0 0", "10 10", "10 0", "0 10");
    List<OutlineFault> faults = OutlineCheck.of(AsapXml.read(file));

    assertThat(faults).hasSize(1);
    assertThat(faults.get(0).in(file))
        .isEqualTo(file + ", line 3, outline \"Annotation 7\": crosses itself at x 5, y 5");
    assertThatThrownBy(() -> OutlineCheck.refuse(file, faults, false))
        .isInstanceOf(MicrometException.class)
        .hasMessage(faults.get(0).in(file));
    assertThatCode(() -> OutlineCheck.refuse(file, faults, true)).doesNotThrowAnyException();
  }

  @Test
  void anOutlineThatOnlyTouchesItselfIsSound() throws IOException {
    // Down to the middle of the lower edge and up again: touches, and leaves two parts.
    Path file = xml("_0", "Polygon", "0 0", "4 4", "8 0", "8 4", "0 4");
    assertThat(OutlineCheck.of(AsapXml.read(file))).isEmpty();
  }

  @Test
  void anOpenOutlineIsRefusedEvenWhereCrossingIsAllowed() throws IOException {
    for (Path file :
        List.of(
            xml("Tumor", "Polygon", "0 0", "10 10"),
            xml("Tumor", "Polygon", "0 0", "10 10", "0 0"),
            xml("Tumor", "Measurement", "0 0", "10 10", "10 0"))) {
      List<OutlineFault> faults = OutlineCheck.of(AsapXml.read(file));
      assertThat(faults).extracting(OutlineFault::kind).containsExactly(Kind.OPEN);
      assertThatThrownBy(() -> OutlineCheck.refuse(file, faults, true))
          .hasMessageContaining("line 3, outline \"Annotation 7\": is open");
    }
  }

  @Test
  void whatHasNoMeaningAndWhatOnlyMarksAPlaceIsNotChecked() throws IOException {
    assertThat(OutlineCheck.of(AsapXml.read(xml("None", "Polygon", "0 0", "10 10")))).isEmpty();
    assertThat(OutlineCheck.of(AsapXml.read(xml("Tumor", "Dot", "0 0")))).isEmpty();
  }

  @Test
  void anOutlineOfAnotherSlideIsToldWithBothSizes() throws IOException {
    TruthPolygons truth = AsapXml.read(xml("_0", "Polygon", "500 0", "600 0", "600 50"));

    assertThat(OutlineCheck.of(truth, 600, 100)).isEmpty();
    assertThat(OutlineCheck.of(truth, 400, 100))
        .extracting(OutlineFault::problem)
        .containsExactly("lies outside the slide, at x 500 to 600, y 0 to 50 of 400 x 100");
  }

  @Test
  void realOutlinesCrossThemselvesHereAndThere() {
    TruthPolygons truth = PolygonJson.read(TestData.file("annotations/ncrf/train_Tumor_056.json"));
    List<OutlineFault> faults = OutlineCheck.of(truth);

    assertThat(truth.annotations()).hasSize(31);
    assertThat(faults).hasSize(14).allMatch(fault -> fault.kind() == Kind.CROSSING);
    assertThat(faults).anyMatch(fault -> fault.problem().contains("x 59827, y 87346"));
  }

  private Path xml(String group, String type, String... points) throws IOException {
    StringBuilder text = new StringBuilder("<ASAP_Annotations>\n<Annotations>\n");
    text.append("<Annotation Name=\"Annotation 7\" Type=\"" + type + "\" PartOfGroup=\"" + group);
    text.append("\"><Coordinates>\n");
    for (int i = 0; i < points.length; i++) {
      String[] xy = points[i].split(" ");
      text.append("<Coordinate Order=\"" + i + "\" X=\"" + xy[0] + "\" Y=\"" + xy[1] + "\" />\n");
    }
    text.append("</Coordinates></Annotation></Annotations></ASAP_Annotations>");
    return Files.writeString(folder.resolve(type + points.length + group + ".xml"), text);
  }
}
