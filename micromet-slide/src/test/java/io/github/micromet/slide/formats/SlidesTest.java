// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.micromet.TestData;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.CorruptSlideException;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideFormat;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.UnknownFormatException;
import io.github.micromet.slide.Verdict;
import io.github.micromet.slide.tiff.TestTiff;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlidesTest {
  @TempDir Path folder;

  @Test
  void theFormatsAreAskedFromTheMostSpecificToTheHostsLibrary() {
    assertThat(Slides.formats())
        .extracting(SlideFormat::name)
        .containsExactly("aperio", "ome-tiff", "generic-tiff", "openslide");
  }

  @Test
  void aSlideIsOpenedByTheFirstFormatThatTakesIt() throws IOException {
    Path file = write("slide.tif", pyramid());

    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT)) {
      assertThat(slide.name()).isEqualTo("slide.tif");
      assertThat(slide.info().format()).isEqualTo("generic-tiff");
      assertThat(slide.info().reader()).isEqualTo("micromet");
    }
  }

  @Test
  void eachFormatGivesItsReason() throws IOException {
    List<Slides.Opinion> opinions = Slides.explain(write("slide.tif", pyramid()));

    assertThat(opinions).hasSize(4);
    assertThat(opinions.get(0))
        .isEqualTo(
            new Slides.Opinion(
                "aperio", new Verdict.No("its description does not start with \"Aperio\"")));
    assertThat(opinions.get(2).verdict()).isEqualTo(new Verdict.Yes());
  }

  @Test
  void aTextIsNoSlide() throws IOException {
    Path file = write("notes.txt", "patient 12, left axilla".getBytes(StandardCharsets.US_ASCII));

    assertThatThrownBy(() -> Slides.open(file, SlideOptions.DEFAULT))
        .isInstanceOf(UnknownFormatException.class)
        .hasMessageContaining("notes.txt: is not a whole-slide image")
        .hasMessageContaining("\"patient \"");
  }

  @Test
  void aTiffThatIsNotReadSaysWhatItIs() {
    Path file = TestData.file("slides/ome-subifd-uint16.ome.tif");

    UnknownFormatException refusal =
        catchThrowableOfType(
            UnknownFormatException.class, () -> Slides.open(file, SlideOptions.DEFAULT));

    assertThat(refusal)
        .hasMessageContaining("3 channels of uint16 in separate planes; Micromet reads 8-bit RGB");
    assertThat(refusal.getMessage()).doesNotContain("\n");
    assertThat(refusal.remedy()).doesNotContain("libopenslide");
  }

  @Test
  void jpeg2000IsLeftToLibopenslide() {
    List<Slides.Opinion> opinions =
        Slides.explain(TestData.file("slides/tcga-cr-7395-j2k-33005.svs"));

    for (Slides.Opinion opinion : opinions.subList(0, 3)) {
      assertThat(opinion.verdict()).isInstanceOf(Verdict.No.class);
    }
    assertThat(((Verdict.No) opinions.get(0).verdict()).reason())
        .contains("JPEG 2000 (compression 33005)")
        .contains("libopenslide");
  }

  @Test
  void aSlideWhoseDirectoriesBreakOffIsCorruptAndNobodyElsesBusiness() throws IOException {
    byte[] whole = pyramid();
    // The second directory lies at the very end.
    Path file = write("cut.tif", Arrays.copyOf(whole, whole.length - 20));

    assertThatThrownBy(() -> Slides.open(file, SlideOptions.DEFAULT))
        .isInstanceOf(CorruptSlideException.class)
        .hasMessageContaining("cut.tif: directory 1 at byte")
        .hasMessageContaining("cut short?");
  }

  @Test
  void missingEmptyAndFolderAreOneShortErrorEach() throws IOException {
    assertError(folder.resolve("none.svs"), "there is no such file");
    assertError(folder, "is a folder, not a slide");
    assertError(write("empty.svs", new byte[0]), "is empty (0 bytes)");
  }

  private static void assertError(Path file, String problem) {
    MicrometException error =
        catchThrowableOfType(
            MicrometException.class, () -> Slides.open(file, SlideOptions.DEFAULT));
    assertThat(error).isNotNull();
    assertThat(error.getMessage()).isEqualTo(file + ": " + problem);
    assertThat(error.remedy()).isNotEmpty();
    assertThatThrownBy(() -> Slides.explain(file)).hasMessage(file + ": " + problem);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] pyramid() {
    return TestTiff.coordinates(ByteOrder.LITTLE_ENDIAN, false, 100, 80, 2, 32).bytes();
  }
}
