// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.Generated;
import io.github.micromet.Golden;
import io.github.micromet.slide.Fill;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideInfo;
import io.github.micromet.slide.SlideOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a stranger does first; micromet-slide/README.md shows what stands between the marks. */
class FirstSlideTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s) *// example\\n(.*?) *// end of example\\n");

  // example
  static String firstLook(Path file) {
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT.withFill(Fill.WHITE))) {
      SlideInfo info = slide.info();
      Level level = info.level(1); // its size, downsample and tiles
      // As large as a tile of that level; the corner is at pixel (512, 256) of level 0.
      Region at = new Region(512, 256, 1, level.tileWidth(), level.tileHeight());
      RgbImage image = slide.read(at); // image.rgb(): rows x columns x 3 bytes
      boolean stored = image.isValid(10, 20); // false outside the slide and in missing tiles
      int colour = image.at(10, 20); // 0xRRGGBB
      return info.reader() + ": " + (stored ? Integer.toHexString(colour) : "nothing there");
    }
  }

  // end of example

  @Test
  void theExampleOfTheReadmeReadsASlide() {
    Path file = Golden.root().resolve("conformance/slides/blobs-jpeg.tif");

    // Near the corner of that slide there is no tissue: white glass.
    assertThat(firstLook(file)).matches("micromet: (f[0-9a-f]){3}");
  }

  @Test
  void theReadmeShowsTheTestedExample() throws IOException {
    Path source =
        Golden.root()
            .resolve(
                "micromet-slide/src/test/java/io/github/micromet/slide/formats/FirstSlideTest.java");
    Matcher example = EXAMPLE.matcher(Files.readString(source));

    assertThat(example.find()).isTrue();
    String code = example.group(1).stripTrailing().stripIndent();
    Generated.part("micromet-slide/README.md", "example", "```java\n" + code + "\n```\n");
  }
}
