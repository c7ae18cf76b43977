// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.Golden;
import io.github.micromet.TestData;
import io.github.micromet.train.augment.Augmentation;
import io.github.micromet.train.label.LabelSources;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.LabelledRegion.OnSlide;
import io.github.micromet.train.label.TrainingLists;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the reference's CSV to the batch, patch for patch what MONAI's loader gives. */
class ReferenceBatchesTest {
  private static final int FLOATS = 224 * 224 * 3;

  @TempDir Path images;

  @Test
  void pixelsLabelsAndOrderAreThoseOfMonaisLoader() throws Exception {
    JsonNode places = json("samples/places.json");
    JsonNode patches = json("samples/patches.json");
    List<LabelledRegion> regions = regions();
    assertThat(regions).hasSameSizeAs(places);
    for (int i = 0; i < places.size(); i++) {
      OnSlide on = (OnSlide) regions.get(i).place();
      assertThat(on.file().getFileName()).hasToString(places.path(i).path(0).asText() + ".tif");
      assertThat(on.centreY0()).isEqualTo(places.path(i).path(1).asLong());
      assertThat(on.centreX0()).isEqualTo(places.path(i).path(2).asLong());
    }

    SampleOptions options = new SampleOptions(224, 768, 3, 0.243, 2, 2, 15, 32 << 20);
    int[] order = EpochOrder.OF_FILE.indices(regions.size(), 1, 0, 1);
    int patch = 0;
    int number = 0;
    try (SampleReader reader = new SampleReader(regions, order, options, Augmentation.NONE, 1, 0)) {
      for (Optional<TrainingBatch> n = reader.next(); n.isPresent(); n = reader.next(), number++) {
        try (TrainingBatch batch = n.get()) {
          for (int i = 0; i < batch.pixels().count(); i++, patch++) {
            JsonNode expected = patches.path(patch);
            assertThat(expected.path("batch").asInt()).isEqualTo(number);
            assertThat(batch.labels()[i]).isEqualTo((float) expected.path("label").asInt());
            assertThat(sha256(batch.pixels().rgb(), i))
                .as("patch %d of batch %d", i, number)
                .isEqualTo(expected.path("sha256").asText());
          }
        }
      }
    }
    assertThat(patch).isEqualTo(patches.size()).isEqualTo(63);
  }

  private List<LabelledRegion> regions() throws Exception {
    Path own = Golden.root().resolve("conformance/slides/blobs-jpeg.tif");
    Path shared = TestData.file("slides/derived/c17-region-7-levels.tif");
    for (Path slide : List.of(own, shared)) {
      Files.copy(slide, images.resolve(slide.getFileName().toString()));
    }
    return TrainingLists.read(
            new LabelSources(
                List.of(Golden.file("samples/training.csv")),
                List.of(),
                Optional.of(images),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty()))
        .training();
  }

  private static JsonNode json(String name) throws Exception {
    return new ObjectMapper().readTree(Golden.file(name).toFile());
  }

  private static String sha256(FloatBuffer rgb, int patch) throws Exception {
    byte[] bytes = new byte[FLOATS];
    for (int i = 0; i < FLOATS; i++) {
      float value = rgb.get(patch * FLOATS + i);
      assertThat(value == (int) value && value >= 0 && value <= 255).isTrue();
      bytes[i] = (byte) (int) value;
    }
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
