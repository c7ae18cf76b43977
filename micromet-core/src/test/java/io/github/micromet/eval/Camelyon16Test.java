// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.Golden;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A download of 399 links to one small slide. */
class Camelyon16Test {
  @TempDir private Path folder;

  @BeforeEach
  void download() throws IOException {
    Path images = Files.createDirectory(folder.resolve("images"));
    Path annotations = Files.createDirectory(folder.resolve("annotations"));
    Path slide =
        Files.copy(
            Golden.root().resolve("conformance/slides/blobs-jpeg.tif"), folder.resolve("slide"));
    for (int number = 1; number <= 160; number++) {
      link(images, "normal", number, slide, number != 86);
      link(images, "tumor", number, slide, number <= 111);
      link(images, "test", number, slide, number <= 130 && number != 49);
      if (number <= 111) {
        Files.createFile(annotations.resolve(name("tumor", number, ".xml")));
      }
      if (number <= 48) {
        Files.createFile(annotations.resolve(name("test", number, ".xml")));
      }
    }
  }

  private static void link(Path images, String kind, int number, Path slide, boolean there)
      throws IOException {
    if (there) {
      Files.createLink(images.resolve(name(kind, number, ".tif")), slide);
    }
  }

  private static String name(String kind, int number, String ending) {
    return String.format(Locale.ROOT, "%s_%03d%s", kind, number, ending);
  }

  @Test
  void aWholeDownloadIsWhole() {
    Camelyon16.Check check = Camelyon16.check(folder, false);

    assertThat(check.complete()).isTrue();
    assertThat(check.lines())
        .contains(
            "normal slides: 159 of 159",
            "tumor slides: 111 of 111",
            "test slides: 129 of 129",
            "tumor annotations: 111 of 111",
            "test annotations: 48 of 48");
  }

  @Test
  void whatIsMissingOrCutShortIsNamed() throws IOException {
    Files.delete(folder.resolve("images/normal_100.tif"));
    Files.delete(folder.resolve("images/test_001.tif"));
    Files.write(folder.resolve("images/test_001.tif"), new byte[] {'I', 'I', 42, 0});

    Camelyon16.Check check = Camelyon16.check(folder, false);

    assertThat(check.complete()).isFalse();
    assertThat(check.lines())
        .contains("normal slides: 158 of 159", "  missing: normal_100.tif")
        .anyMatch(line -> line.startsWith("  broken: ") && line.contains("test_001.tif"));
  }

  @Test
  void foldersThatAreLinksAreLookedInto() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.createSymbolicLink(other.resolve("images"), folder.resolve("images"));

    assertThat(Camelyon16.check(other, false).lines()).contains("test slides: 129 of 129");
    Files.createSymbolicLink(other.resolve("round"), other);
    assertThatThrownBy(() -> Camelyon16.check(other, false))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("cannot be looked through");
  }

  @Test
  void hashesAreThoseOfTheDownloadsOwnList() throws IOException {
    assertThatThrownBy(() -> Camelyon16.check(folder, true))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("no checksums.md5");
    String empty = "d41d8cd98f00b204e9800998ecf8427e"; // MD5 of nothing
    Path list = folder.resolve("checksums.md5");
    Files.writeString(list, empty + " *annotations/tumor_001.xml\n");
    assertThat(Camelyon16.check(folder, true).complete()).isTrue();

    Files.writeString(
        list, empty + "  annotations/tumor_001.xml\n" + empty + " *images/test_002.tif\n");
    Camelyon16.Check check = Camelyon16.check(folder, true);
    assertThat(check.complete()).isFalse();
    assertThat(check.lines()).contains("hashes: 1 right, 1 wrong");

    Files.writeString(list, empty + "  masks/tumor_001_mask.tif\n");
    assertThat(Camelyon16.check(folder, true).lines())
        .contains("  in checksums.md5 but not here: 1: masks/tumor_001_mask.tif");
  }
}
