// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The program. The only class that ends the process. */
final class Micromet {
  private Micromet() {}

  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    boolean verbose = isVerbose(words);
    // Before the first logger is made; it reads this once.
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "debug" : "warn");
    System.exit(run(Console.ofProcess(), words));
  }

  /** Runs one command and gives the exit code; never throws. */
  static int run(Console console, List<String> words) {
    boolean verbose = isVerbose(words);
    int code;
    try {
      String first = words.isEmpty() ? "" : words.get(0);
      CommandLine line = commandLine(console, first);
      code = line.execute(words.toArray(String[]::new));
    } catch (Throwable t) { // an Error too: this is the outermost frame
      code = Failure.print(t, console.err(), verbose);
    }
    console.out().flush();
    console.err().flush();
    return code;
  }

  /**
   * The tree of commands.
   *
   * @param wanted the word of the one command whose class is loaded; {@code *} loads all
   */
  static CommandLine commandLine(Console console, String wanted) {
    CommandLine line = new CommandLine(root());
    for (Verb verb : Verb.values()) {
      if (wanted.equals("*") || wanted.equals(verb.word())) {
        CommandLine command = new CommandLine(verb.command(console));
        CommonOptions.addTo(command.getCommandSpec());
        // What follows belongs to the command that is launched.
        command.setStopAtPositional(verb == Verb.LAUNCH);
        line.addSubcommand(verb.word(), command);
      } else {
        CommandSpec named = CommandSpec.create();
        named.usageMessage().description(verb.summary());
        line.addSubcommand(verb.word(), named);
      }
    }
    return line.setOut(console.out())
        .setErr(console.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setDefaultValueProvider(new Environment(console.environment()))
        .setParameterExceptionHandler((e, args) -> wrongWords(console, e))
        .setExecutionExceptionHandler(
            (e, failed, parsed) ->
                Failure.print(e, console.err(), isVerbose(parsed.originalArgs())));
  }

  private static boolean isVerbose(List<String> words) {
    return words.contains("--verbose") || words.contains("-v");
  }

  /** Built by hand: reading annotations would cost a fifth of the time of {@code --help}. */
  private static CommandSpec root() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection((Runnable) Micromet::noCommand);
    spec.name("micromet").version("micromet " + Version.text());
    spec.usageMessage()
        .description(
            "Finds breast-cancer metastases in whole-slide images of lymph nodes.",
            "For research only; not a medical device.")
        .synopsisSubcommandLabel("COMMAND")
        .footer("", "Each command has its own --help. All options: docs/options.md");
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the version and end.")
            .build());
    CommonOptions.addTo(spec);
    return spec;
  }

  private static void noCommand() {
    throw new MicrometException(
        ErrorKind.USAGE, "no command", "say what to do", "`micromet --help` lists the commands.");
  }

  private static int wrongWords(Console console, ParameterException e) {
    StringBuilder text =
        new StringBuilder("micromet: ").append(e.getMessage().replaceFirst("^Error: ", ""));
    if (e.getArgSpec() != null) {
      Environment.variableOf(e.getArgSpec())
          .filter(console.environment()::containsKey)
          .filter(variable -> console.environment().get(variable).equals(e.getValue()))
          .ifPresent(variable -> text.append(" (from ").append(variable).append(')'));
    }
    console.err().println(text);
    console
        .err()
        .println(
            "  `"
                + e.getCommandLine().getCommandSpec().qualifiedName()
                + " --help` shows what it takes.");
    return ErrorKind.USAGE.exitCode();
  }
}
