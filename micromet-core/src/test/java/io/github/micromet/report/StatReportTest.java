// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.eval.stat.LabelledScore;
import io.github.micromet.eval.stat.Reliability;
import io.github.micromet.eval.stat.Roc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatReportTest {
  private static final List<LabelledScore> CASES =
      List.of(
          new LabelledScore("a,b", 0.9, true),
          new LabelledScore("c", 0.4, true),
          new LabelledScore("d", 0.6, false),
          new LabelledScore("e", 0.1, false));

  @TempDir private Path folder;

  private static Roc roc(List<LabelledScore> cases) {
    return Roc.of(LabelledScore.scores(cases), LabelledScore.truths(cases), 0.95);
  }

  @Test
  void aRocIsANumberACurveAndItsCases() throws IOException {
    List<Path> written = StatReport.roc(folder, roc(CASES), CASES, Map.of("cases", "slides"));

    JsonNode json = new ObjectMapper().readTree(Files.readString(folder.resolve("roc.json")));
    assertThat(json.get("auc").asDouble()).isEqualTo(0.75);
    assertThat(json.get("cases").asText()).isEqualTo("slides");
    assertThat(folder.resolve("roc.csv"))
        .content()
        .isEqualTo(
            "threshold,false_positive_rate,sensitivity\n"
                + "inf,0,0\n0.9,0,0.5\n0.6,0.5,0.5\n0.4,0.5,1\n0.1,1,1\n");
    assertThat(folder.resolve("roc_cases.csv")).content().contains("\"a,b\",0.9,1\n");
    assertThat(written).allSatisfy(file -> assertThat(file).isNotEmptyFile());
  }

  @Test
  void withoutAnAreaTheJsonHasNoNumber() throws IOException {
    List<LabelledScore> one = CASES.subList(0, 2);

    StatReport.roc(folder, roc(one), one, Map.of());

    JsonNode json = new ObjectMapper().readTree(Files.readString(folder.resolve("roc.json")));
    assertThat(json.get("auc").isNumber()).isFalse();
  }

  @Test
  void aReliabilityDiagramSaysBothErrors() {
    Reliability before =
        Reliability.equalWidth(LabelledScore.scores(CASES), LabelledScore.truths(CASES), 5);

    String svg = ReliabilityChart.of(before, before).svg();

    assertThat(svg).contains("ECE 0.3500 (orange)", "class=\"area second\"", "calibrated");
    StatReport.reliabilityTable(folder.resolve("r.csv"), before, before);
    assertThat(folder.resolve("r.csv"))
        .content()
        .startsWith("curve,low,high,count,said,came\nbefore,0,0.2,1,0.1,0\n")
        .hasLineCount(1 + 2 * before.bins().size());
    assertThat(StatReport.reliability(folder.resolve("r.png"), before, before))
        .isEqualTo(Lettering.missing().isEmpty());
  }
}
