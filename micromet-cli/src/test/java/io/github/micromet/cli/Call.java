// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/**
 * One command run in this process, with its streams caught.
 *
 * @param code the exit code
 * @param out results
 * @param err log and errors
 */
record Call(int code, String out, String err) {
  static Call of(String... words) {
    return with(Map.of(), words);
  }

  static Call with(Map<String, String> environment, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Micromet.run(console(out, err, environment), List.of(words));
    return new Call(code, out.toString(), err.toString());
  }

  static Console console(StringWriter out, StringWriter err, Map<String, String> environment) {
    return new Console(new PrintWriter(out), new PrintWriter(err), environment, false);
  }
}
