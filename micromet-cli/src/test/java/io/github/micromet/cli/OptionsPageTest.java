// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.Generated;
import io.github.micromet.error.ErrorKind;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** docs/options.md is made from the options themselves. */
class OptionsPageTest {
  private static final String HEAD =
      """
      # Commands and options

      Made from the program; `micromet COMMAND --help` says the same.

      An option that is typed comes first, then the environment, then the default. There is no
      configuration file. Results go to stdout; the log and progress go to stderr.
      """;

  private static final String LAUNCHER =
      """

      ## Environment of the launcher
      | variable | meaning |
      |---|---|
      | `MICROMET_JAVA` | the JDK's folder, or its `java`; else `JAVA_HOME`, then `java` on the PATH; at least 17 |
      | `MICROMET_CACHE` | folder of unpacked libraries, class archive and downloaded models; else `~/.cache/micromet` (or under `XDG_CACHE_HOME`), `~/Library/Caches/Micromet`, `%LOCALAPPDATA%\\Micromet` |
      | `MICROMET_HEAP` | heap of the JVM: `512m`, or a third of `--memory`; libtorch's memory comes on top |
      | `MICROMET_OPENSLIDE` | the libopenslide to take, a file or its folder; else the system's own |
      """;

  @Test
  void thePageIsWhatTheProgramTakes() {
    StringBuilder page = new StringBuilder(HEAD);
    CommandLine line =
        Micromet.commandLine(Call.console(new StringWriter(), new StringWriter(), Map.of()), "*");
    for (Verb verb : Verb.values()) {
      append(page, line.getSubcommands().get(verb.word()).getCommandSpec());
    }
    page.append(LAUNCHER).append("\n## Exit codes\n| code | meaning |\n|---|---|\n| 0 | done |\n");
    for (ErrorKind kind : ErrorKind.values()) {
      page.append("| " + kind.exitCode() + " | " + kind.meaning() + " |\n");
    }
    page.append("| 130, 143 | stopped by Ctrl-C or a kill; what is finished is kept |\n");

    Generated.file("docs/options.md", page.toString());
  }

  private static void append(StringBuilder page, CommandSpec spec) {
    page.append("\n## micromet " + spec.name() + "\n");
    page.append(String.join(" ", spec.usageMessage().description())).append('\n');
    StringBuilder rows = new StringBuilder();
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      rows.append(row("`" + parameter.paramLabel() + "`", "", parameter));
    }
    List<OptionSpec> options =
        spec.options().stream().filter(o -> !o.usageHelp() && !is(o, "--verbose")).toList();
    for (OptionSpec option : options) {
      String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
      rows.append(
          row(
              "`"
                  + option.longestName()
                  + value
                  + "`"
                  + (option.required() && option.group() == null ? " (required)" : ""),
              Environment.variableOf(option).map(v -> "`" + v + "`").orElse(""),
              option));
    }
    if (!rows.isEmpty()) {
      page.append("\n| option | environment | meaning |\n|---|---|---|\n").append(rows);
    }
  }

  private static boolean is(OptionSpec option, String name) {
    return option.longestName().equals(name);
  }

  private static String row(String name, String variable, ArgSpec argument) {
    String text = String.join(" ", argument.description());
    String standard = Optional.ofNullable(argument.defaultValue()).orElse("");
    return "| "
        + name.replace("|", "\\|")
        + " | "
        + variable
        + " | "
        + text.replace("${DEFAULT-VALUE}", standard).replace("|", "\\|")
        + " |\n";
  }
}
