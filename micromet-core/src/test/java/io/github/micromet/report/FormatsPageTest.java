// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.lesion.DetectionsCsv;
import io.github.micromet.run.Records;
import io.github.micromet.run.RunFolder;
import io.github.micromet.run.SlideRecord;
import io.github.micromet.run.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/formats.md against the files themselves. */
class FormatsPageTest {
  @TempDir Path folder;

  private final SlideRecord record = Records.slide("a.tif", OptionalDouble.of(1));
  private String page;

  @BeforeEach
  void readThePage() throws IOException {
    page = Files.readString(Path.of(System.getProperty("micromet.root"), "docs", "formats.md"));
  }

  @Test
  void everyKeyOfTheRecordsIsExplained() throws IOException {
    RunFolder run = RunFolder.open(folder, Optional.empty());
    record.write(run.files("a.tif").record());
    run.write(record.provenance(), List.of(record), Timing.NONE);

    for (String file : List.of("a.run.json", "run.json")) {
      assertThat(keys(new ObjectMapper().readTree(folder.resolve(file).toFile())))
          .isNotEmpty()
          .allSatisfy(
              key -> assertThat(page).containsPattern("`([a-zA-Z\\[\\]]+\\.)*" + key + "`"));
    }
  }

  @Test
  void everyColumnIsExplainedAndTheHeadingsAreShown() throws IOException {
    RunFolder run = RunFolder.open(folder, Optional.empty());
    run.write(record.provenance(), List.of(record), Timing.NONE);
    String summary = Files.readAllLines(folder.resolve("summary.csv")).get(0);

    for (String heading : List.of(summary, DetectionsCsv.HEADING)) {
      assertThat(page).contains("\n" + heading + "\n");
      assertThat(heading.split(","))
          .allSatisfy(column -> assertThat(page).contains("`" + column + "`"));
    }
  }

  @Test
  void everyExitCodeStandsInTheTable() {
    assertThat(page).contains("| 0 | done |");
    for (ErrorKind kind : ErrorKind.values()) {
      assertThat(page).contains("| " + kind.exitCode() + " | " + kind.meaning() + " |");
    }
  }

  @Test
  void theExampleOfGeoJsonKeepsTheRules() throws IOException {
    String example = page.substring(page.indexOf("{\"type\":\"FeatureCollection\""));
    Path file = folder.resolve("example.geojson");
    Files.writeString(file, example.substring(0, example.indexOf("```")));

    assertThat(GeoJsonRules.brokenBy(file)).isEmpty();
  }

  /** Names of settings, natives and stages are data, not keys. */
  private static Set<String> keys(JsonNode json) {
    Set<String> keys = new TreeSet<>();
    collect(json, keys);
    return keys;
  }

  private static void collect(JsonNode json, Set<String> keys) {
    for (Map.Entry<String, JsonNode> each : json.properties()) {
      keys.add(each.getKey());
      if (!Set.of("parameters", "resources", "natives", "stages").contains(each.getKey())) {
        collect(each.getValue(), keys);
      }
    }
    if (json.isArray()) {
      json.forEach(element -> collect(element, keys));
    }
  }
}
