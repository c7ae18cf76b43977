// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.MicrometException;
import io.github.micromet.run.Progress;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import io.github.micromet.truth.AsapXml;
import io.github.micromet.truth.TruthPolygons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynthTest {
  /** Small, so coarse: a lymph node of 1 mm. */
  private static final SynthOptions SMALL =
      SynthOptions.DEFAULT
          .withSize(1280, 1216)
          .withMpp(1)
          .withSlides(1, 1)
          .withLesions(List.of(LesionKind.ITC));

  @TempDir static Path folder;
  private static SynthCohort cohort;

  @BeforeAll
  static void paintOnce() {
    cohort = Synth.write(folder.resolve("a"), SMALL, Progress.NONE);
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherDoesNot() throws IOException {
    Synth.write(folder.resolve("b"), SMALL, Progress.NONE);
    Synth.write(folder.resolve("c"), SMALL.withSeed(99), Progress.NONE);
    TreeSet<String> files = files(folder.resolve("a"));
    assertThat(files)
        .containsExactly(
            "README.txt",
            "annotations/tumor_001.xml",
            "images/normal_001.tif",
            "images/tumor_001.tif",
            "lesions.csv",
            "manifest.csv",
            "masks/tumor_001_mask.tif");
    assertThat(files(folder.resolve("b"))).isEqualTo(files);
    for (String file : files) {
      Path a = folder.resolve("a").resolve(file);
      assertThat(Files.mismatch(a, folder.resolve("b").resolve(file))).as(file).isEqualTo(-1);
      if (!file.equals("manifest.csv")) {
        assertThat(Files.mismatch(a, folder.resolve("c").resolve(file))).as(file).isNotEqualTo(-1);
      }
    }
  }

  @Test
  void aCohortOfGroupsIsTheSameWithOnePainterAndWithThree() throws IOException {
    List<SlideGroup> groups =
        List.of(
            SlideGroup.of(1, 1280, LesionKind.ITC),
            SlideGroup.of(2, 1024),
            SlideGroup.of(1, 1344, LesionKind.MICRO));
    SynthOptions options = SMALL.withVariety(1);
    SynthCohort one = Synth.write(folder.resolve("one"), options, groups, 1, Progress.NONE);
    Synth.write(folder.resolve("three"), options, groups, 3, Progress.NONE);

    assertThat(one.slides())
        .extracting(SyntheticSlide::name)
        .containsExactly("tumor_001", "tumor_002", "normal_001", "normal_002");
    assertThat(one.slides().get(1).lesions()).hasSize(1);
    assertThat(one.slides().get(1).lesions().get(0).kind()).isEqualTo(LesionKind.MICRO);
    TreeSet<String> names = files(folder.resolve("one"));
    assertThat(files(folder.resolve("three"))).isEqualTo(names);
    for (String file : names) {
      Path a = folder.resolve("one").resolve(file);
      assertThat(Files.mismatch(a, folder.resolve("three").resolve(file))).as(file).isEqualTo(-1);
    }
  }

  @Test
  void partsOfACohortHaveSeedsOfTheirOwn() {
    Set<Long> seeds = new HashSet<>();
    for (long cohort = 0; cohort < 1000; cohort++) {
      for (Split split : Split.values()) {
        seeds.add(split.seed(cohort));
      }
    }
    assertThat(seeds).hasSize(3000);
  }

  @Test
  void maskOutlinesTableAndPictureSayTheSame() throws IOException {
    SyntheticSlide slide = cohort.slides().get(0);
    TruthPolygons truth = AsapXml.read(slide.annotations().orElseThrow());
    assertThat(truth.annotations()).hasSize(1);
    assertThat(truth.annotations().get(0).outline().equalsExact(slide.lesions().get(0).outline()))
        .isTrue();
    byte[] expected = new byte[1280 * 1216];
    truth.raster().paint(0, 0, 1280, 1216, expected);
    int tumour = 0;
    try (Slide mask = Slides.open(slide.mask().orElseThrow(), SlideOptions.DEFAULT);
        Slide image = Slides.open(slide.image(), SlideOptions.DEFAULT)) {
      RgbImage values = mask.read(new Region(0, 0, 0, 1280, 1216));
      for (int i = 0; i < expected.length; i++) {
        assertThat(values.at(i % 1280, i / 1280) & 0xff).isEqualTo(expected[i]);
        tumour += expected[i];
      }
      assertThat(mask.info().levels()).hasSameSizeAs(image.info().levels());
      Level six = image.info().level(6);
      assertThat(six.downsample()).isEqualTo(64);
      assertThat(mask.info().level(6).width()).isEqualTo(six.width());
      assertThat(image.info().mpp()).contains(Mpp.of(1));
    }
    SyntheticLesion lesion = slide.lesions().get(0);
    assertThat((double) tumour).isBetween(lesion.areaUm2() * 0.98, lesion.areaUm2() * 1.02);
    List<String> table = Files.readAllLines(cohort.lesions());
    assertThat(table.get(0)).isEqualTo("slide,lesion,kind,longest_um,area_um2,x0,y0");
    assertThat(table.get(1)).startsWith("tumor_001,0,itc,");
    assertThat(Files.readAllLines(cohort.manifest()))
        .containsExactly("slide,mpp", "images/tumor_001.tif,1.0", "images/normal_001.tif,1.0");
    SyntheticSlide normal = cohort.slides().get(1);
    assertThat(normal.mask()).isEmpty();
    assertThat(normal.annotations()).isEmpty();
  }

  @Test
  void everyFileSaysThatItIsADrawing() throws IOException {
    SyntheticSlide slide = cohort.slides().get(0);
    for (Path tiff : List.of(slide.image(), slide.mask().orElseThrow())) {
      try (Slide open = Slides.open(tiff, SlideOptions.DEFAULT)) {
        assertThat(open.info().properties().get("tiff.ImageDescription")).contains("Synthetic");
      }
    }
    assertThat(Files.readString(slide.annotations().orElseThrow())).contains("Synthetic");
    assertThat(Files.readString(folder.resolve("a/README.txt"))).contains("no patient's tissue");
  }

  @Test
  void aFolderThatHoldsSomethingIsRefused() throws IOException {
    Path full = Files.createDirectory(folder.resolve("full"));
    Path mine = Files.writeString(full.resolve("mine.txt"), "keep");
    assertThatThrownBy(() -> Synth.write(full, SMALL, Progress.NONE))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("not empty (mine.txt)");
    assertThat(mine).hasContent("keep");
  }

  private static TreeSet<String> files(Path root) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> names.add(root.relativize(file).toString().replace('\\', '/')));
    }
    return names;
  }
}
