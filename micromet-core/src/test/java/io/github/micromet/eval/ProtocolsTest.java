// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.Protocol.SlideRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtocolsTest {
  @TempDir private Path folder;

  @Test
  void monai48HasTheNumbersOfTheReferencesScript() {
    Protocol protocol = Protocols.of("monai-48");
    assertThat(protocol.title()).isEqualTo("monai-48 1");
    assertThat(protocol.level()).isEqualTo(6);
    assertThat(protocol.slides()).isEqualTo(SlideRule.WITH_TRUTH);
    assertThat(protocol.cellUm(99)).isEqualTo(15.552);
    assertThat(Froc.growthCells(protocol, 99)).isEqualTo(75 / (15.552 * 2));
    assertThat(Froc.itcCells(protocol, 99)).isEqualTo(275 / 15.552);
    assertThat(protocol.rates()).containsExactly(0.25, 0.5, 1.0, 2.0, 4.0, 8.0);
  }

  @Test
  void theTitleSaysWhatWasChanged() {
    Protocol protocol = Protocols.of("monai-48");
    assertThat(protocol.withLevel(6).withSpacing(OptionalDouble.of(0.243)).title())
        .isEqualTo("monai-48 1");
    assertThat(protocol.withLevel(5).withSpacing(OptionalDouble.empty()).title())
        .isEqualTo("monai-48 1, level 5, each slide's own spacing");
    assertThat(protocol.withExclusions(List.of("a")).title())
        .isEqualTo("monai-48 1, own exclusions");
    assertThat(Protocols.of("camelyon-plus").withExclusions(List.of("a")).title())
        .isEqualTo("camelyon-plus 1");
    assertThat(Protocols.of("challenge-129").expectedSlides()).hasValue(129);
  }

  @Test
  void challenge129CountsAllSlidesAtLevel5WithMasksOf255() {
    Protocol protocol = Protocols.of("challenge-129");
    assertThat(protocol.level()).isEqualTo(5);
    assertThat(protocol.maskValue()).isEqualTo(255);
    assertThat(protocol.slides()).isEqualTo(SlideRule.ALL);
    assertThat(protocol.exclusions()).isEmpty();
  }

  @Test
  void ncrfLeavesOutTwoSlidesWhateverTheirCase() {
    Protocol protocol = Protocols.of("ncrf");
    assertThat(protocol.excludes("test_049")).isTrue();
    assertThat(protocol.excludes("Test_114")).isTrue();
    assertThat(protocol.excludes("test_113")).isFalse();
  }

  @Test
  void camelyonPlusAsksForItsListAndEveryProtocolNamesItsSource() {
    assertThat(Protocols.of("camelyon-plus").exclusionsFromUser()).isTrue();
    assertThat(Protocols.of("camelyon-plus").exclusions()).isEmpty();
    for (String name : Protocols.NAMES) {
      assertThat(Protocols.of(name).source()).as(name).isNotEmpty();
      assertThat(Protocols.of(name).name()).isEqualTo(name);
    }
  }

  @Test
  void aUsersOwnFileIsAProtocolAndItsMistakesAreNamed() throws IOException {
    String text = resource("monai-48");
    Path own =
        Files.writeString(
            folder.resolve("own.json"),
            text.replace("\"monai-48\"", "\"ours\"")
                .replace("\"spacing\": 0.243", "\"spacing\": \"slide\""));
    Protocol protocol = Protocols.of(own.toString());
    assertThat(protocol.title()).isEqualTo("ours 1");
    assertThat(protocol.cellUm(0.25)).isEqualTo(16);

    assertRefused(text.replace("\"level\": 6", "\"level\": 6.5"), "level is 6.5");
    assertRefused(text.replace("\"level\"", "\"leval\""), "leval");
    assertRefused(text.replace("with-truth", "some"), "slides is \"some\"");
    assertRefused(text.substring(0, 90), "is not JSON");
    assertRefused(text.replace("\"maskValue\": 1", "\"maskValue\": 0"), "maskValue 0");
    assertThatThrownBy(() -> Protocols.of("monai"))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("monai-48, challenge-129");
  }

  private void assertRefused(String text, String problem) throws IOException {
    Path own = Files.writeString(folder.resolve("wrong.json"), text);
    assertThatThrownBy(() -> Protocols.of(own.toString()))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("wrong.json")
        .hasMessageContaining(problem);
  }

  private static String resource(String name) throws IOException {
    try (var in = Protocols.class.getResourceAsStream("protocol-" + name + ".json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
