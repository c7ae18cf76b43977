// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.choose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.run.Progress;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import io.github.micromet.synth.LesionKind;
import io.github.micromet.synth.Synth;
import io.github.micromet.synth.SynthCohort;
import io.github.micromet.synth.SynthOptions;
import io.github.micromet.synth.SyntheticSlide;
import io.github.micromet.tissue.TissueDetector;
import io.github.micromet.tissue.TissueMask;
import io.github.micromet.tissue.TissueRule;
import io.github.micromet.train.label.LabelledRegion;
import io.github.micromet.train.label.LabelledRegion.OnSlide;
import io.github.micromet.truth.Annotation.Meaning;
import io.github.micromet.truth.Annotations;
import io.github.micromet.truth.MaskTiff;
import io.github.micromet.truth.RegionLabels;
import io.github.micromet.truth.TruthPolygons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplingTest {
  private static final TissueRule TISSUE = new TissueRule.Otsu(4, false); // cells of 16
  private static final SamplingOptions OPTIONS =
      SamplingOptions.DEFAULT.withTissue(TISSUE).withEachSlide(6, 5);

  @TempDir static Path folder;
  private static SynthCohort cohort;

  @BeforeAll
  static void paintOnce() {
    cohort =
        Synth.write(
            folder.resolve("cohort"),
            SynthOptions.DEFAULT
                .withSize(1280, 1216)
                .withMpp(1)
                .withSlides(2, 2)
                .withLesions(List.of(LesionKind.ITC)),
            Progress.NONE);
  }

  private static List<SourceSlide> slides() {
    return cohort.slides().stream()
        .map(slide -> new SourceSlide(slide.image(), slide.annotations()))
        .toList();
  }

  private static SampledRegions sample(List<SourceSlide> slides, SamplingOptions options) {
    return Sampling.of(slides, options, 1, Progress.NONE);
  }

  @Test
  void tumourRegionsHaveTumourAndNormalOnesHaveNone() {
    SampledRegions chosen = sample(slides(), OPTIONS);

    assertThat(chosen.notes()).isEmpty();
    assertThat(chosen.training()).hasSize(4);
    for (SlideSample sample : chosen.training()) {
      boolean ill = sample.source().truth().isPresent();
      TruthPolygons truth =
          ill ? Annotations.read(sample.source().truth().get()) : TruthPolygons.NONE;
      assertThat(sample.tumour()).hasSize(ill ? 6 : 0);
      assertThat(sample.normal()).hasSize(5);
      assertThat(sample.tumour()).allMatch(region -> region.labels().contains(1));
      assertThat(sample.normal()).allMatch(region -> !region.labels().contains(1));
      TissueMask tissue = tissue(sample.source().file());
      List<LabelledRegion> all = new ArrayList<>(sample.tumour());
      all.addAll(sample.normal());
      for (LabelledRegion region : all) {
        OnSlide at = (OnSlide) region.place();
        assertThat(at.centreX0()).isBetween(384L, 1280L - 384);
        assertThat(at.centreY0()).isBetween(384L, 1216L - 384);
        assertThat(isAroundTissue(at, tissue)).isTrue();
        assertThat(region.labels()).isEqualTo(RegionLabels.of(truth, at.centreX0(), at.centreY0()));
      }
    }
  }

  /** The pixel that was drawn is the centre of one of the nine cells. */
  private static boolean isAroundTissue(OnSlide at, TissueMask tissue) {
    for (int cell = 0; cell < 9; cell++) {
      long x0 = at.centreX0() + (cell % 3 - 1) * 256L;
      if (tissue.holds(x0, at.centreY0() + (cell / 3 - 1) * 256L)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void nearTheEdgeAnOuterCellIsCentredOnTheTumour() throws IOException {
    // Tumour in a strip that no region can be centred on.
    Path json =
        Files.writeString(
            folder.resolve("strip.json"),
            "{\"positive\": [{\"vertices\": [[200,300],[350,300],[350,900],[200,900]]}]}");
    SamplingOptions all = OPTIONS.withTissue(new TissueRule.Everywhere(4)).withEachSlide(9, 0);
    Path slide = cohort.slides().get(0).image();

    List<LabelledRegion> regions =
        sample(List.of(new SourceSlide(slide, Optional.of(json))), all).trainingRegions();

    assertThat(regions).hasSize(9);
    for (LabelledRegion region : regions) {
      OnSlide at = (OnSlide) region.place();
      assertThat(at.centreX0()).isBetween(384L, 606L);
      assertThat(region.labels().get(0) + region.labels().get(3) + region.labels().get(6))
          .as("the left column")
          .isPositive();
    }
  }

  private static TissueMask tissue(Path file) {
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT)) {
      return TissueDetector.detect(slide, TISSUE);
    }
  }

  @Test
  void theSameSeedGivesTheSameFilesWhateverTheThreadsAndTheOrder() throws IOException {
    SamplingOptions options = OPTIONS.withValidation(0.5);
    List<SourceSlide> turned = new ArrayList<>(slides());
    Collections.reverse(turned);

    List<Path> one = sample(slides(), options).write(folder.resolve("one"));
    List<Path> two = Sampling.of(turned, options, 3, Progress.NONE).write(folder.resolve("two"));
    List<Path> other = sample(slides(), options.withSeed(2)).write(folder.resolve("other"));

    assertThat(one)
        .extracting(file -> file.getFileName().toString())
        .containsExactly("training.csv", "validation.csv", "patches.json");
    for (int i = 0; i < 3; i++) {
      assertThat(Files.mismatch(one.get(i), two.get(i))).as("%s", one.get(i)).isEqualTo(-1);
      assertThat(Files.mismatch(one.get(i), other.get(i))).as("%s", one.get(i)).isNotEqualTo(-1);
    }
    assertThat(Files.readString(one.get(2)))
        .contains("\"seed\" : 1", "\"truthSha256\"", "\"part\" : \"validation\"");
  }

  @Test
  void aSlideIsForTrainingOrForValidationAndBothGetBothKinds() {
    SampledRegions chosen = sample(slides(), OPTIONS.withValidation(0.5));

    Set<String> names = new HashSet<>();
    for (List<SlideSample> part : List.of(chosen.training(), chosen.validation())) {
      assertThat(part).hasSize(2);
      assertThat(part).anyMatch(sample -> sample.source().name().startsWith("tumor"));
      part.forEach(sample -> names.add(sample.source().name()));
    }
    assertThat(names).hasSize(4);
    assertThat(chosen.trainingRegions()).hasSize(6 + 5 + 5);
    assertThat(chosen.validationRegions()).hasSize(6 + 5 + 5);
  }

  @Test
  void rowsOfTheSlidesAreMixed() {
    List<LabelledRegion> rows = sample(slides(), OPTIONS).trainingRegions();
    Set<Path> first = new HashSet<>();
    rows.subList(0, rows.size() / 2).forEach(row -> first.add(row.place().file()));
    assertThat(first).hasSize(4);
  }

  @Test
  void lessRoomThanAskedForIsSaidWithBothNumbers() {
    SourceSlide ill = slides().get(0);
    SampledRegions chosen = sample(List.of(ill), OPTIONS.withEachSlide(100_000, 1));

    int found = chosen.training().get(0).tumour().size();
    assertThat(found).isBetween(6, 500);
    assertThat(chosen.notes())
        .containsExactly("tumor_001: asked for 100000 tumour regions, found room for " + found);
    assertThat(chosen.training().get(0).tumour()).doesNotHaveDuplicates();
  }

  @Test
  void aTotalIsSpreadOverTheSlidesAsEvenlyAsThereIsRoom() {
    SampledRegions chosen = sample(slides(), OPTIONS.withTotal(7, 9));

    assertThat(chosen.training())
        .extracting(sample -> sample.tumour().size())
        .containsExactly(0, 0, 4, 3); // by name: normal slides first
    assertThat(chosen.training())
        .extracting(sample -> sample.normal().size())
        .containsExactly(3, 2, 2, 2);
  }

  @Test
  void aMaskGivesTheLabelsOfItsPixels() {
    SyntheticSlide ill = cohort.slides().get(0);
    SampledRegions chosen = sample(List.of(new SourceSlide(ill.image(), ill.mask())), OPTIONS);

    assertThat(chosen.trainingRegions()).hasSize(11);
    try (Slide mask = Slides.open(ill.mask().orElseThrow(), SlideOptions.DEFAULT)) {
      for (LabelledRegion region : chosen.trainingRegions()) {
        OnSlide at = (OnSlide) region.place();
        for (int cell = 0; cell < 9; cell++) {
          long x0 = at.centreX0() + (cell % 3 - 1) * 256L;
          long y0 = at.centreY0() + (cell / 3 - 1) * 256L;
          int pixel = mask.read(new Region(x0, y0, 0, 1, 1)).at(0, 0) & 0xff;
          assertThat(region.labels().get(cell)).isEqualTo(pixel);
        }
      }
    }
  }

  @Test
  void aCohortWithoutTumourIsRefused() {
    List<SourceSlide> well = slides().subList(2, 4);
    assertThat(well.get(0).truth()).isEmpty();

    assertThatThrownBy(() -> sample(well, OPTIONS))
        .isInstanceOfSatisfying(
            MicrometException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INPUT))
        .hasMessageContaining("2 training slides: have no tumour region");
    assertThat(sample(well, OPTIONS.withEachSlide(0, 3)).trainingRegions()).hasSize(6);
  }

  @Test
  void aMaskOfAnotherSizeIsRefusedWithBothSizes() {
    Path mask = folder.resolve("other.tif");
    MaskTiff.write(mask, TruthPolygons.NONE, 1280, 1200, 1);
    Path slide = cohort.slides().get(0).image();

    assertThatThrownBy(() -> sample(List.of(new SourceSlide(slide, Optional.of(mask))), OPTIONS))
        .hasMessage(mask + ": is 1280 x 1200 pixels, but its slide is 1280 x 1216");
  }

  @Test
  void anOutlineThatCrossesItselfIsRefusedUnlessAllowed() throws IOException {
    Path json =
        Files.writeString(
            folder.resolve("bow.json"),
            "{\"positive\":\n[{\"name\": \"bow\","
                + " \"vertices\": [[0,0],[1200,1200],[1200,0],[0,1200]]}]}");
    SourceSlide slide = new SourceSlide(cohort.slides().get(0).image(), Optional.of(json));

    assertThatThrownBy(() -> sample(List.of(slide), OPTIONS))
        .hasMessage(json + ", line 2, outline \"bow\": crosses itself at x 600, y 600");
    SamplingOptions allowed = OPTIONS.withTruth(OPTIONS.truth().withCrossing(true));
    assertThat(sample(List.of(slide), allowed.withEachSlide(3, 0)).trainingRegions()).hasSize(3);
  }

  /** Else the tumour of somebody who never assigned groups would be taught as normal, unseen. */
  @Test
  void outlinesThatMeanNothingAreTold() throws IOException {
    Path xml =
        Files.writeString(
            folder.resolve("none.xml"),
            Files.readString(slides().get(0).truth().orElseThrow()).replace("\"_0\"", "\"None\""));
    SourceSlide slide = new SourceSlide(cohort.slides().get(0).image(), Optional.of(xml));

    assertThat(sample(List.of(slide), OPTIONS.withEachSlide(0, 2)).notes())
        .containsExactly(
            "tumor_001: 1 outline left out, of group None: --groups says what a group means");
    SamplingOptions grouped =
        OPTIONS.withTruth(OPTIONS.truth().withGroups(Map.of("None", Meaning.TUMOUR)));
    assertThat(sample(List.of(slide), grouped).trainingRegions())
        .isEqualTo(sample(slides().subList(0, 1), OPTIONS).trainingRegions());
  }

  @Test
  void twoSlidesOfOneNameAreRefused() {
    SourceSlide slide = slides().get(0);
    assertThatThrownBy(() -> sample(List.of(slide, slide), OPTIONS))
        .hasMessageContaining("is the second slide called tumor_001");
  }

  @Test
  void truthIsFoundByTheSlidesNameAndTwoOfItAreRefused() {
    Path slide = cohort.slides().get(0).image();
    Path masks = cohort.folder().resolve("masks");
    Path outlines = cohort.folder().resolve("annotations");

    assertThat(SourceSlide.in(List.of(masks), slide).truth())
        .contains(masks.resolve("tumor_001_mask.tif"));
    assertThat(SourceSlide.in(List.of(outlines), slide).truth())
        .contains(outlines.resolve("tumor_001.xml"));
    assertThat(SourceSlide.in(List.of(slide.getParent()), slide).truth())
        .as("the slide is not its own truth")
        .isEmpty();
    assertThatThrownBy(() -> SourceSlide.in(List.of(masks, outlines), slide))
        .hasMessageContaining("two files of truth");
  }

  /** Trap 10: x before y, labels column by column. */
  @Test
  void aRowHasTheReferencesColumns() {
    LabelledRegion region =
        new LabelledRegion(
            new OnSlide(Path.of("images", "Tumor_001.tif"), 700, 600),
            List.of(1, 0, 0, 1, 1, 0, 0, 0, 0));

    assertThat(RegionFiles.csv(List.of(region))).isEqualTo("Tumor_001,700,600,1,1,0,0,1,0,0,0,0\n");
  }
}
