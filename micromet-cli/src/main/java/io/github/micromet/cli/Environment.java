// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Option, then environment, then default. Only settings of the machine come from the environment;
 * what a job is about is always typed.
 */
final class Environment implements IDefaultValueProvider {
  /** Option to variable. */
  static final SortedMap<String, String> VARIABLES =
      new TreeMap<>(
          Map.of(
              "--batch", "MICROMET_BATCH",
              "--memory", "MICROMET_MEMORY",
              "--model", "MICROMET_MODEL",
              "--precision", "MICROMET_PRECISION",
              "--threads", "MICROMET_THREADS"));

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** The variable that an option falls back to. */
  static Optional<String> variableOf(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? Optional.ofNullable(VARIABLES.get(option.longestName()))
        : Optional.empty();
  }

  /** Null, as picocli wants it, where the option's own default holds. */
  @Override
  public String defaultValue(ArgSpec argument) {
    String value = variableOf(argument).map(variables::get).orElse("");
    return value.isEmpty() ? null : value;
  }
}
