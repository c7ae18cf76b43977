// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.lesion;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.slide.Mpp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionsCsvTest {
  private static final Detection FOUND =
      new Detection(10, 20, (float) 0.91, 20.5 * 64.897, 672, 1312, 672);

  @TempDir Path folder;

  @Test
  void aLineHasCellProbabilityPixelsReferenceAndMicrons() throws IOException {
    Path file = folder.resolve("a.detections.csv");
    DetectionsCsv.write(List.of(FOUND), Optional.of(new Mpp(0.25, 0.5)), file);

    assertThat(Files.readString(file))
        .isEqualTo(
            "row,column,probability,x0,y0,x_ref,y_ref,x_um,y_um\n"
                + "10,20,0.9100000262260437,1330.3885,672,1312,672,332.597125,336\n");
  }

  @Test
  void withoutASpacingTheMicronsAreEmpty() {
    assertThat(DetectionsCsv.text(List.of(FOUND), Optional.empty())).endsWith(",1312,672,,\n");
  }

  @Test
  void noDetectionsIsAFileWithItsHeading() {
    assertThat(DetectionsCsv.text(List.of(), Optional.empty()))
        .isEqualTo(DetectionsCsv.HEADING + "\n");
  }

  @Test
  void theLocaleChangesNothing() {
    Locale before = Locale.getDefault();
    String expected = DetectionsCsv.text(List.of(FOUND), Optional.empty());
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(DetectionsCsv.text(List.of(FOUND), Optional.empty())).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void numbersReadBackExactlyAndAreShort() {
    assertThat(Decimals.shortest(2.0e-3)).isEqualTo("0.002");
    assertThat(Decimals.shortest(2.0e23)).isEqualTo("200000000000000000000000");
    assertThat(Decimals.shortest(0.1 + 0.2)).isEqualTo("0.30000000000000004");
    assertThat(Decimals.shortest(-0.0)).isEqualTo("0");
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 20_000; i++) {
      double value = random.nextDouble() * Math.pow(10, random.nextInt(9) - 4);
      String text = Decimals.shortest(value);
      assertThat(Double.parseDouble(text)).isEqualTo(value);
      assertThat(text.replace(".", "").replaceFirst("^0+", "").length()).isLessThanOrEqualTo(17);
    }
  }
}
