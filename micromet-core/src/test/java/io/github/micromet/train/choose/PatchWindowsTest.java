// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.choose;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.slide.Fill;
import io.github.micromet.slide.write.PyramidOptions;
import io.github.micromet.slide.write.PyramidTiffWriter;
import io.github.micromet.slide.write.TileCompression;
import io.github.micromet.train.label.LabelSources;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.LabelledRegion.OnSlide;
import io.github.micromet.train.label.TrainingLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchWindowsTest {
  private static final Path SLIDE = Path.of("a.tif");

  @TempDir Path folder;

  @Test
  void aPatchKeepsItsPlaceAndItsLabelAsAWindow() {
    LabelledRegion region =
        new LabelledRegion(new OnSlide(SLIDE, 1000, 2000), List.of(0, 0, 0, 0, 0, 1, 0, 0, 0));

    // Row 1, column 2 of the grid: its corner is 544 right and 272 below the region's.
    assertThat(PatchWindows.of(List.of(region), 1, 7))
        .hasSize(2)
        .contains(
            new LabelledRegion(
                new OnSlide(SLIDE, 1000 - 384 + 544 + 112, 2000 - 384 + 272 + 112), List.of(1)));
  }

  @Test
  void noMoreOfALabelAreTakenThanAskedFor() {
    LabelledRegion region =
        new LabelledRegion(new OnSlide(SLIDE, 1000, 2000), List.of(1, 1, 1, 1, 0, 0, 0, 0, 0));

    List<LabelledRegion> windows = PatchWindows.of(List.of(region, region), 3, 7);

    assertThat(windows).hasSize(12);
    assertThat(windows.stream().filter(w -> w.labels().get(0) == 1)).hasSize(6);
    assertThat(PatchWindows.of(List.of(region, region), 3, 7)).isEqualTo(windows);
  }

  @Test
  void aWrittenListIsReadBackAsItWas() throws IOException {
    Path slide = folder.resolve("images").resolve("a.tif");
    Files.createDirectories(slide.getParent());
    PyramidTiffWriter.write(
        slide,
        1024,
        1024,
        PyramidOptions.of(new TileCompression.Deflate()),
        (x0, y0, into) -> into.fill(Fill.WHITE, true));
    List<LabelledRegion> training =
        List.of(
            new LabelledRegion(new OnSlide(slide, 300, 400), List.of(1)),
            new LabelledRegion(new OnSlide(slide, 500, 600), List.of(0)));
    List<LabelledRegion> validation =
        List.of(
            new LabelledRegion(new OnSlide(slide, 384, 500), List.of(0, 1, 0, 1, 0, 1, 0, 0, 1)));
    Path list = folder.resolve("dataset.json");

    DataListFile.write(list, training, validation);

    TrainingLists read =
        TrainingLists.read(
            new LabelSources(
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(list),
                Optional.empty(),
                OptionalDouble.empty()));
    assertThat(read.training()).isEqualTo(training);
    assertThat(read.validation()).isEqualTo(validation);
  }
}
