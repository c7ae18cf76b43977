// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.Golden;
import io.github.micromet.TestData;
import io.github.micromet.map.NpyFile;
import io.github.micromet.net.FormulaWeights;
import io.github.micromet.net.ModelContract;
import io.github.micromet.net.Precision;
import io.github.micromet.net.TorchEngine;
import io.github.micromet.net.TumorNet;
import io.github.micromet.run.ModelSource;
import io.github.micromet.run.Progress;
import io.github.micromet.run.SlideRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole maps and their detections, against MONAI's own MaskedPatchWSIDataset, SupervisedEvaluator,
 * ProbMapProducer and PathologyProbNMS on CPU in float32 with the same weights and batch.
 */
class ReferenceMapTest {
  /** Two convolution libraries sum in another order; seen here: 1e-6. */
  private static final double TOLERANCE = 1e-4;

  @TempDir Path folder;

  @Test
  void mapAndDetectionsOfTheSyntheticSlideAreTheReferences() throws IOException {
    compare(Golden.root().resolve("conformance/slides/blobs-jpeg.tif"));
  }

  /** The largest of the three: with -Pslow. */
  @Test
  @Tag("slow")
  void mapAndDetectionsOfTheCamelyonRegionAreTheReferences() throws IOException {
    compare(TestData.file("slides/derived/c17-region-7-levels.tif"));
  }

  @Test
  void mapAndDetectionsOfCmu1AreTheReferences() throws IOException {
    compare(TestData.file("slides/derived/cmu-1-7-levels.tif"));
  }

  private void compare(Path slide) throws IOException {
    SlideRecord record = detect(slide);
    String name = SlideJob.of(slide).name();
    NpyFile.Content map = NpyFile.read(folder.resolve("out").resolve(name + ".npy"));
    Path golden = Golden.file("map/" + name + ".npy");
    assertThat(new int[] {map.rows(), map.columns()}).containsExactly(Golden.shape(golden));
    double[] expected = Golden.doubles(golden);
    for (int i = 0; i < expected.length; i++) {
      assertThat(map.values()[i])
          .as("row %d, column %d", i / map.columns(), i % map.columns())
          .isCloseTo(expected[i], within(TOLERANCE));
      assertThat(map.values()[i] == 0).isEqualTo(expected[i] == 0);
    }
    assertThat(record.notes()).noneMatch(note -> note.contains("differs"));
    compareDetections(name);
  }

  private void compareDetections(String name) throws IOException {
    List<String> rows = Files.readAllLines(folder.resolve("out").resolve(name + ".detections.csv"));
    JsonNode expected =
        new ObjectMapper().readTree(Golden.file("map/" + name + ".detections.json").toFile());
    assertThat(rows).hasSize(expected.size() + 1);
    for (int i = 0; i < expected.size(); i++) {
      String[] row = rows.get(i + 1).split(",", -1);
      assertThat(Double.parseDouble(row[2]))
          .isCloseTo(expected.get(i).get(0).asDouble(), within(TOLERANCE));
      assertThat(row[6]).as("y_ref").isEqualTo(expected.get(i).get(1).asText());
      assertThat(row[5]).as("x_ref").isEqualTo(expected.get(i).get(2).asText());
    }
  }

  private SlideRecord detect(Path slide) {
    DetectOptions defaults = DetectOptions.into(folder.resolve("out"));
    DetectOptions options =
        new DetectOptions(
            defaults.out(),
            Optional.empty(),
            new Mode.Patch(),
            TissueChoice.REFERENCE,
            6,
            0.5,
            16,
            2,
            Optional.empty(),
            false,
            List.of("Untrained network."));
    TumorNet net = TumorNet.of(FormulaWeights.state(), ModelContract.REFERENCE);
    ModelSource source =
        new ModelSource("formula", "0".repeat(64), "none", ModelContract.REFERENCE);
    try (Model model = new Model(TorchEngine.open(net, Precision.FP32), source)) {
      return (SlideRecord)
          Cohort.run(
                  SlideList.of(List.of(slide), Optional.empty(), Optional.empty()),
                  model,
                  options,
                  Progress.NONE,
                  outcome -> {},
                  () -> false)
              .get(0);
    }
  }
}
