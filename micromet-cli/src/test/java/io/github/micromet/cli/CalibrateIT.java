// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.Golden;
import io.github.micromet.TestData;
import io.github.micromet.map.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** From labelled patches to calibrated detections, by the packaged program. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "micromet.cmd is not run yet")
class CalibrateIT {
  private static final Path SLIDE = Golden.root().resolve("conformance/slides/blobs-jpeg.tif");

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void aModelOfItsOwn() throws IOException {
    model = folder.resolve("net.pt");
    Files.copy(TestData.file("models/golden-weights.pt"), model);
    Files.writeString(
        folder.resolve("scores.csv"),
        "probability,label\n0.99,1\n0.98,0\n0.97,1\n0.02,0\n0.03,1\n0.01,0\n");
  }

  private Program.Ended run(String... words) {
    return new Program(folder).run(words);
  }

  @Test
  void aTemperatureIsFittedStoredAndUsed() throws IOException {
    Program.Ended made = run("calibrate", "--model", "net.pt", "--scores", "scores.csv");

    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).contains("3 tumour, 3 normal").containsPattern("temperature +[1-9]");
    JsonNode json =
        new ObjectMapper().readTree(Files.readString(folder.resolve("net.pt.calibration.json")));
    double temperature = json.get("temperature").asDouble();
    assertThat(temperature).isGreaterThan(2);
    assertThat(folder.resolve("net.pt.calibration.png")).isNotEmptyFile();
    assertThat(folder.resolve("net.pt.calibration.csv")).content().startsWith("curve,low,");

    Program.Ended detect =
        run("detect", SLIDE.toString(), "--model", "net.pt", "--calibrated", "--out", "d");

    assertThat(detect.code()).as(detect.err()).isZero();
    JsonNode record =
        new ObjectMapper().readTree(Files.readString(folder.resolve("d/blobs-jpeg.run.json")));
    assertThat(record.findValue("calibrated").asDouble()).isEqualTo(temperature);

    assertThat(run("detect", SLIDE.toString(), "--model", "net.pt", "--out", "plain").code())
        .isZero();
    double[] calibrated = NpyFile.read(folder.resolve("d/blobs-jpeg.npy")).values();
    double[] plain = NpyFile.read(folder.resolve("plain/blobs-jpeg.npy")).values();
    int compared = 0;
    for (int i = 0; i < plain.length; i++) {
      // Nearer to 0 and 1 a float32 probability has lost its logit's digits.
      if (plain[i] > 0.001 && plain[i] < 0.999) {
        double logit = Math.log(plain[i] / (1 - plain[i]));
        double expected = 1 / (1 + Math.exp(-logit / temperature));
        assertThat(calibrated[i]).isEqualTo(expected, within(1e-5));
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  @Test
  void withoutACalibrationOrWithAnotherModelsDetectRefuses() throws IOException {
    String[] detect = {
      "detect", SLIDE.toString(), "--model", "net.pt", "--calibrated", "--out", "d"
    };
    Program.Ended without = run(detect);
    assertThat(without.code()).isEqualTo(2);
    assertThat(without.err()).contains("there is no calibration of this model");

    Files.writeString(
        folder.resolve("net.pt.calibration.json"),
        "{\"format\":\"micromet-calibration\",\"formatVersion\":1,\"model\":\"other.pt\","
            + "\"modelSha256\":\"00ff\",\"temperature\":2,\"cases\":2,\"positives\":1,"
            + "\"eceBefore\":0,\"eceAfter\":0,\"lossBefore\":0,\"lossAfter\":0,\"data\":\"\","
            + "\"made\":\"\",\"micromet\":\"\"}");
    Program.Ended other = run(detect);
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("was made for a model of SHA-256 00ff");
    assertThat(folder.resolve("d")).doesNotExist();
  }

  @Test
  void someRealPatchesAreMeasured() throws IOException {
    Path all = TestData.file("patches/labels.csv");
    List<String> lines = new ArrayList<>();
    for (String label : List.of(",0", ",1")) {
      Files.readAllLines(all).stream()
          .filter(line -> line.startsWith("val/") && line.endsWith(label))
          .limit(3)
          .forEach(line -> lines.add(all.resolveSibling(line).toString()));
    }
    Files.write(folder.resolve("some.csv"), lines);

    Program.Ended roc = run("roc", "--patches", "some.csv", "--model", "net.pt", "--out", "out");

    assertThat(roc.code()).as(roc.err()).isZero();
    assertThat(roc.out())
        .contains("patches    3 with tumour, 3 without", " of 6), 95 % interval")
        .contains("(Wilson)");
    assertThat(folder.resolve("out/roc_cases.csv")).isNotEmptyFile();
  }
}
