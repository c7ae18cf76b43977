// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.MicrometException;
import io.github.micromet.run.Spacing;
import io.github.micromet.slide.Mpp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlideListTest {
  @TempDir Path folder;

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  private Path text(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static SlideList of(Path... given) {
    return SlideList.of(List.of(given), Optional.empty(), Optional.empty());
  }

  @Test
  void outputsAreNamedAsTheReferenceNamesItsMaps() {
    assertThat(SlideJob.of(Path.of("d/test_001.tif")).name()).isEqualTo("test_001");
    assertThat(SlideJob.of(Path.of("a.b.tif")).name()).isEqualTo("a.b");
    assertThat(SlideJob.of(Path.of("x.ome.tiff")).name()).isEqualTo("x.ome");
    assertThat(SlideJob.of(Path.of("x.tif.gz")).name()).isEqualTo("x");
  }

  @Test
  void aFolderGivesItsSlidesByNameAndSaysWhatItLeftOut() throws IOException {
    file("s/b.svs");
    file("s/a.TIF");
    file("s/notes.txt");
    SlideList list = of(folder.resolve("s"));
    assertThat(list.jobs()).extracting(SlideJob::name).containsExactly("a", "b");
    assertThat(list.notes()).singleElement().asString().contains("1 files").contains("notes.txt");
  }

  @Test
  void aFolderWithoutSlidesIsRefused() throws IOException {
    file("s/notes.txt");
    assertThatThrownBy(() -> of(folder.resolve("s")))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("holds no slide (1 other files)");
  }

  @Test
  void twoSlidesOfOneNameAreRefusedBeforeWorkBegins() throws IOException {
    Path one = file("p1/tumor_001.tif");
    Path two = file("p2/tumor_001.svs");
    assertThatThrownBy(() -> of(one, two))
        .hasMessageContaining("has the same name as")
        .hasMessageContaining("p1");
  }

  @Test
  void namesThatDifferOnlyByCaseAreTwinsToo() throws IOException {
    Path one = file("p1/Tumor.tif");
    Path two = file("p2/tumor.tif");
    assertThatThrownBy(() -> of(one, two)).hasMessageContaining("has the same name as");
  }

  @Test
  void aListIsRelativeToItselfAndSkipsBlankLinesAndRemarks() throws IOException {
    file("a.tif");
    file("d/b.tif");
    Path list = text("list.txt", "\uFEFF# cohort\na.tif\n\nd/b.tif\n");
    SlideList slides = SlideList.of(List.of(), Optional.of(list), Optional.empty());
    assertThat(slides.jobs()).extracting(SlideJob::name).containsExactly("a", "b");
  }

  @Test
  void aManifestGivesSpacingAndMaskBySlide() throws IOException {
    file("a.tif");
    file("m.png");
    file("b, two.tif");
    Path csv = text("m.csv", "Slide,MPP,mask\na.tif,0.25,m.png\n\"b, two.tif\",,\n");
    List<SlideJob> jobs = SlideList.of(List.of(), Optional.empty(), Optional.of(csv)).jobs();
    assertThat(jobs.get(0).spacing()).contains(new Spacing(0.25, 0.25, Spacing.Origin.MANIFEST));
    assertThat(jobs.get(0).mask()).map(p -> p.getFileName().toString()).contains("m.png");
    assertThat(jobs.get(1).name()).isEqualTo("b, two");
    assertThat(jobs.get(1).mpp()).isEmpty();
  }

  @Test
  void aManifestBesideSlidesGivenByNameOnlyAddsToThem() throws IOException {
    Path a = file("a.tif");
    file("b.tif");
    Path csv = text("m.csv", "slide,mpp\na.tif,0.5\nb.tif,0.5\n");
    List<SlideJob> jobs = SlideList.of(List.of(a), Optional.empty(), Optional.of(csv)).jobs();
    assertThat(jobs).hasSize(1);
    assertThat(jobs.get(0).mpp()).contains(Mpp.of(0.5));
  }

  @Test
  void whatIsWrongInAManifestIsNamedByLine() throws IOException {
    file("a.tif");
    Path csv = text("m.csv", "slide,mpp\na.tif,fast\n");
    assertThatThrownBy(() -> SlideList.of(List.of(), Optional.empty(), Optional.of(csv)))
        .hasMessageContaining("line 2 has the mpp 'fast'");
    Path gone = text("g.csv", "slide\ngone.tif\n");
    assertThatThrownBy(() -> SlideList.of(List.of(), Optional.empty(), Optional.of(gone)))
        .hasMessageContaining("line 2 names gone.tif, which is not there");
    Path headless = text("h.csv", "a.tif\n");
    assertThatThrownBy(() -> SlideList.of(List.of(), Optional.empty(), Optional.of(headless)))
        .hasMessageContaining("no column named slide");
  }

  @Test
  void aPathThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> of(folder.resolve("gone.tif")))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("there is no such file");
  }
}
