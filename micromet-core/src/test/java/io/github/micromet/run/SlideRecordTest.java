// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlideRecordTest {
  @TempDir Path folder;

  private final SlideRecord record = Records.slide("a.tif", OptionalDouble.of(2_500_000));

  @Test
  void aRecordReadBackIsTheRecordWritten() {
    Path file = folder.resolve("a.run.json");
    record.write(file);

    assertThat(SlideRecord.read(file)).isEqualTo(record);
  }

  @Test
  void unknownSpacingIsNullInTheFileAndEmptyAgainWhenRead() throws IOException {
    SlideRecord unknown = Records.slide("a.tif", OptionalDouble.empty());
    Path file = folder.resolve("a.run.json");
    unknown.write(file);

    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.at("/slide/mpp").isNull()).isTrue();
    assertThat(json.at("/findings/lesionAreaUm2").isNull()).isTrue();
    assertThat(SlideRecord.read(file)).isEqualTo(unknown);
  }

  @Test
  void keysStandInOneOrderWithTheFormatFirstAndTheTimingLast() throws IOException {
    Path file = folder.resolve("a.run.json");
    record.write(file);

    List<String> keys = new ArrayList<>();
    new ObjectMapper().readTree(file.toFile()).fieldNames().forEachRemaining(keys::add);
    assertThat(keys)
        .containsExactly(
            "format",
            "formatVersion",
            "slide",
            "provenance",
            "tissue",
            "windows",
            "badTiles",
            "findings",
            "notes",
            "outputs",
            "timing");
  }

  @Test
  void twoRunsThatDifferInTimeOnlyDifferInTimingOnly() throws IOException {
    Path one = folder.resolve("1.json");
    Path other = folder.resolve("2.json");
    record.write(one);
    new SlideRecord(
            record.slide(),
            record.provenance(),
            record.tissue(),
            record.windows(),
            record.badTiles(),
            record.findings(),
            record.notes(),
            record.outputs(),
            new Timing("2027-01-01T00:00:00Z", 99, 98, 97, Map.of("patches", 96.0)))
        .write(other);

    assertThat(untimed(one)).isEqualTo(untimed(other)).contains("\"badTiles\"");
    assertThat(Files.readString(one)).isNotEqualTo(Files.readString(other));
    assertThat(SlideRecord.read(one).untimed()).isEqualTo(SlideRecord.read(other).untimed());
  }

  private static String untimed(Path file) throws IOException {
    String text = Files.readString(file);
    return text.substring(0, text.indexOf("\"timing\""));
  }

  @Test
  void theFileIsUtf8WithLineFeedsOnEverySystem() throws IOException {
    Path file = folder.resolve("a.run.json");
    record.write(file);

    assertThat(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
        .contains("Größe nicht bekannt")
        .doesNotContain("\r")
        .endsWith("}\n");
  }

  @Test
  void aNewerFormatIsRefusedWithBothVersions() throws IOException {
    Path file = folder.resolve("a.run.json");
    record.write(file);
    Files.writeString(
        file, Files.readString(file).replace("\"formatVersion\" : 1", "\"formatVersion\" : 7"));

    refused(file, "has format version 7, this Micromet reads up to 1");
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    refused(Files.writeString(folder.resolve("x.json"), "{}"), "is not a micromet-slide-run file");
    refused(Files.writeString(folder.resolve("y.json"), "hello"), "is not JSON");
    refused(folder.resolve("none.json"), "cannot be read");
    refused(
        Files.writeString(
            folder.resolve("z.json"), "{\"format\":\"micromet-slide-run\",\"formatVersion\":1}"),
        "is incomplete");
  }

  private static void refused(Path file, String problem) {
    assertThatThrownBy(() -> SlideRecord.read(file))
        .isInstanceOfSatisfying(
            MicrometException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.INPUT);
              assertThat(e.subject()).isEqualTo(file.toString());
              assertThat(e.problem()).startsWith(problem);
            });
  }

  @Test
  void theProgramKnowsItsOwnVersion() {
    Software software = Software.current(new TreeMap<>());

    assertThat(software.micromet()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(software.java()).contains(System.getProperty("java.runtime.version"));
  }

  @Test
  void theCpuIsReadFromLinuxLinesOfEitherArchitecture() {
    List<String> intel =
        List.of("processor\t: 0", "model name\t: Xeon (R) : 2", "flags\t\t: fpu avx2 amx_bf16 fma");
    List<String> arm = List.of("processor\t: 0", "Features\t: fp asimd bf16");

    assertThat(Machine.cpuOf(intel)).isEqualTo("Xeon (R) : 2");
    assertThat(Machine.instructionSetsOf(intel)).containsExactly("amx_bf16", "avx2", "fma");
    assertThat(Machine.instructionSetsOf(arm)).containsExactly("asimd", "bf16");
    assertThat(Machine.cpuOf(List.of())).isEmpty();
  }

  @Test
  void aParameterIsTextANumberOrABooleanAndGivenOnce() {
    assertThatThrownBy(() -> Parameters.NONE.with("out", folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("out");
    assertThatThrownBy(() -> Parameters.NONE.with("batch", 1).with("batch", 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Parameters.NONE.with("b", 1).with("a", true).values().keySet())
        .containsExactly("b", "a");
  }
}
