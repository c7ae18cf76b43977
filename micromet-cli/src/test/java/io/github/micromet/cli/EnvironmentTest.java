// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.net.Precision;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class EnvironmentTest {
  private static Object value(Map<String, String> environment, String option, String... words) {
    Console console = Call.console(new StringWriter(), new StringWriter(), environment);
    CommandLine line = Micromet.commandLine(console, "detect");
    line.parseArgs(Stream.concat(Stream.of("detect"), Stream.of(words)).toArray(String[]::new));
    return line.getSubcommands().get("detect").getCommandSpec().findOption(option).getValue();
  }

  @Test
  void theDefaultHoldsWhereNothingIsSaid() {
    assertThat((Object) value(Map.of(), "--batch", "--out", "d")).isEqualTo(16);
    assertThat((Object) value(Map.of(), "--precision", "--out", "d")).isEqualTo(Precision.AUTO);
  }

  @Test
  void theEnvironmentComesBeforeTheDefault() {
    Map<String, String> environment =
        Map.of("MICROMET_BATCH", "8", "MICROMET_PRECISION", "fp32", "MICROMET_MEMORY", "2g");

    assertThat((Object) value(environment, "--batch", "--out", "d")).isEqualTo(8);
    assertThat((Object) value(environment, "--precision", "--out", "d")).isEqualTo(Precision.FP32);
    assertThat(value(environment, "--memory", "--out", "d").toString()).contains("2147483648");
  }

  @Test
  void anOptionThatIsTypedComesBeforeTheEnvironment() {
    assertThat(
            (Object) value(Map.of("MICROMET_BATCH", "8"), "--batch", "--out", "d", "--batch", "4"))
        .isEqualTo(4);
  }

  @Test
  void anEmptyVariableSaysNothing() {
    assertThat((Object) value(Map.of("MICROMET_BATCH", ""), "--batch", "--out", "d")).isEqualTo(16);
  }

  @Test
  void aWrongValueNamesTheVariableItCameFrom() {
    Call call = Call.with(Map.of("MICROMET_THREADS", "many"), "detect", "a.tif", "--out", "d");

    assertThat(call.code()).isEqualTo(2);
    assertThat(call.err()).contains("'many'").contains("(from MICROMET_THREADS)");
  }

  @Test
  void whatAJobIsAboutNeverComesFromTheEnvironment() {
    assertThat(Environment.VARIABLES.keySet())
        .doesNotContainAnyElementsOf(
            List.of("--out", "--overwrite", "--mask", "--tissue", "--mode", "--threshold"));
  }
}
