// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MicrometTest {
  @Test
  void helpListsEveryCommandOnStdout() {
    Call help = Call.of("--help");

    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    for (Verb verb : Verb.values()) {
      assertThat(help.out()).contains("  " + verb.word()).contains(verb.summary());
    }
    assertThat(help.out()).contains("not a medical device");
  }

  @ParameterizedTest
  @EnumSource(Verb.class)
  void everyCommandHasItsHelp(Verb verb) {
    Call help = Call.of(verb.word(), "--help");

    assertThat(help.code()).isZero();
    assertThat(help.out()).startsWith("Usage: micromet " + verb.word());
    assertThat(help.out()).contains(verb.summary());
  }

  @Test
  void aWrongWordIsTwoLinesAndCode2() {
    Call call = Call.of("version", "--colour");

    assertThat(call.code()).isEqualTo(2);
    assertThat(call.out()).isEmpty();
    assertThat(call.err().lines())
        .containsExactly(
            "micromet: Unknown option: '--colour'",
            "  `micromet version --help` shows what it takes.");
  }

  @Test
  void noCommandIsCode2() {
    assertThat(Call.of().code()).isEqualTo(2);
    assertThat(Call.of("--verbose").code()).isEqualTo(2);
  }

  @Test
  void anUnknownCommandIsCode2() {
    assertThat(Call.of("destroy").code()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void anErrorOfEachKindHasItsExitCode(ErrorKind kind) {
    StringWriter err = new StringWriter();
    int code =
        Failure.print(
            new MicrometException(kind, "a.tif", "is cut off", "Copy it again."),
            new PrintWriter(err),
            false);

    assertThat(code).isEqualTo(kind.exitCode());
    assertThat(err.toString()).contains("is cut off").doesNotContain("\tat ");
  }

  @Test
  void anExpectedErrorIsItsTwoLines() {
    StringWriter err = new StringWriter();
    Failure.print(
        new MicrometException(ErrorKind.INPUT, "a.tif", "is cut off", "Copy it again."),
        new PrintWriter(err),
        false);

    assertThat(err.toString().lines())
        .containsExactly("micromet: a.tif: is cut off", "  Copy it again.");
  }

  @Test
  void anUnexpectedExceptionIsABugAndAsksForAReport() {
    StringWriter err = new StringWriter();
    int code = Failure.print(new IllegalStateException("row -1"), new PrintWriter(err), false);

    assertThat(code).isEqualTo(1);
    assertThat(err.toString().toLowerCase(Locale.ROOT))
        .contains("row -1")
        .contains("please report");
    assertThat(err.toString()).doesNotContain("\tat ");
  }

  @Test
  void verbosePrintsTheTrace() {
    StringWriter err = new StringWriter();
    Failure.print(new IllegalStateException("row -1"), new PrintWriter(err), true);

    assertThat(err.toString()).contains("\tat " + MicrometTest.class.getName());
  }

  @Test
  void aFullHeapIsAResourceErrorWithTheCure() {
    StringWriter err = new StringWriter();
    int code = Failure.print(new OutOfMemoryError("Java heap space"), new PrintWriter(err), false);

    assertThat(code).isEqualTo(4);
    assertThat(err.toString()).contains("MICROMET_HEAP");
  }
}
