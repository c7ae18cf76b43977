// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What every command takes. */
final class CommonOptions {
  private CommonOptions() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help and end.")
            .build());
    spec.addOption(
        OptionSpec.builder("-v", "--verbose")
            .type(boolean.class)
            .description("Log more, and print the trace of an error.")
            .build());
  }
}
