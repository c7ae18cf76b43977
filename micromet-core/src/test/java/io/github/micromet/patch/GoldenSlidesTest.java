// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.Golden;
import io.github.micromet.TestData;
import io.github.micromet.grid.Grid;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import io.github.micromet.tissue.TissueDetector;
import io.github.micromet.tissue.TissueMask;
import io.github.micromet.tissue.TissueRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mask and windows of whole slides, cell for cell what MONAI has through OpenSlide. */
class GoldenSlidesTest {
  private static final int WINDOW = 224;
  private static final int LEVEL = 6;

  @ParameterizedTest
  @ValueSource(
      strings = {"blobs-jpeg", "blobs-black-columns", "c17-region-7-levels", "cmu-1-7-levels"})
  void maskAndWindowsEqualMonai(String name) {
    try (Slide slide = Slides.open(file(name), SlideOptions.DEFAULT)) {
      TissueMask mask = TissueDetector.detect(slide, new TissueRule.Otsu(LEVEL, true));
      assertThat(mask.notes()).isEmpty();
      assertMask(mask, Golden.file("mask/slides/" + name + ".npy"));
      ReadPlan plan = ReadPlan.patches(mask, slide.info(), 0, WINDOW);
      assertThat(locations(plan)).isEqualTo(expectedLocations(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobs-jpeg", "c17-region-7-levels", "cmu-1-7-levels"})
  void whereNoFillIsFoundTheDefaultIsTheReference(String name) {
    try (Slide slide = Slides.open(file(name), SlideOptions.DEFAULT)) {
      TissueMask mask = TissueDetector.detect(slide, new TissueRule.Otsu(LEVEL, false));
      assertThat(mask.notes()).isEmpty();
      assertMask(mask, Golden.file("mask/slides/" + name + ".npy"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "blobs-black-columns")
  void whereFillEmptiesTheReferencesMaskTheDefaultFindsTissueAndSaysSo(String name) {
    try (Slide slide = Slides.open(file(name), SlideOptions.DEFAULT)) {
      TissueMask reference = TissueDetector.detect(slide, new TissueRule.Otsu(LEVEL, true));
      TissueMask ours = TissueDetector.detect(slide, new TissueRule.Otsu(LEVEL, false));

      assertThat(reference.count()).isZero();
      assertThat(ours.count()).isPositive();
      assertThat(ours.notes()).singleElement().asString().contains("are fill");
    }
  }

  @Test
  void aSlideOfOneLevelIsServedFromItAndFindsNearlyTheSameTissue() {
    Path single = TestData.file("slides/cmu-1-small-region.svs");
    try (Slide slide = Slides.open(single, SlideOptions.DEFAULT);
        Slide pyramid = Slides.open(file("cmu-1-7-levels"), SlideOptions.DEFAULT)) {
      TissueMask mask = TissueDetector.detect(slide, new TissueRule.Otsu(LEVEL, false));
      TissueMask stored = TissueDetector.detect(pyramid, new TissueRule.Otsu(LEVEL, false));

      assertThat(mask.grid()).isEqualTo(new Grid(47, 35, 64));
      assertThat(mask.notes()).hasSize(2);
      // The same picture, averaged once by us and step by step by whoever made the pyramid.
      double whole = (double) mask.count() / mask.grid().cells();
      double other = (double) stored.count() / stored.grid().cells();
      assertThat(whole).isBetween(other - 0.05, other + 0.05);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobs-jpeg", "cmu-1-7-levels"})
  void pixelsOutsideTheSlideAreBlackInTheCornerWindow(String name) {
    try (Slide slide = Slides.open(file(name), SlideOptions.DEFAULT)) {
      RgbImage corner = slide.read(new Region(-80, -80, 0, WINDOW, WINDOW));
      assertThat(corner.at(0, 0)).isZero();
      assertThat(corner.at(79, 223)).isZero();
      assertThat(corner.isValid(79, 223)).isFalse();
      assertThat(corner.isValid(80, 80)).isTrue();
      assertThat(corner.at(80, 80)).isNotZero();
    }
  }

  private static Path file(String name) {
    return name.startsWith("blobs")
        ? Golden.root().resolve("conformance/slides/" + name + ".tif")
        : TestData.file("slides/derived/" + name + ".tif");
  }

  private static void assertMask(TissueMask mask, Path golden) {
    byte[] expected = Golden.bytes(golden);
    assertThat(Golden.shape(golden)).containsExactly(mask.grid().rows(), mask.grid().columns());
    for (int row = 0; row < mask.grid().rows(); row++) {
      for (int column = 0; column < mask.grid().columns(); column++) {
        assertThat(mask.at(row, column))
            .as("row %d, column %d", row, column)
            .isEqualTo(expected[mask.grid().index(row, column)] != 0);
      }
    }
  }

  private static List<List<Long>> locations(ReadPlan plan) {
    return plan.windows().stream()
        .map(w -> List.of((long) w.fills().row(), (long) w.fills().column(), w.y0(), w.x0()))
        .toList();
  }

  private static List<List<Long>> expectedLocations(String name) {
    long[] flat = Golden.longs(Golden.file("locations/" + name + ".npy"));
    List<List<Long>> rows = new ArrayList<>();
    for (int i = 0; i < flat.length; i += 4) {
      rows.add(List.of(flat[i], flat[i + 1], flat[i + 2], flat[i + 3]));
    }
    return rows;
  }
}
