// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import java.util.Map;

/**
 * One process to start.
 *
 * @param number over all machines, from 0
 * @param speaks whether its lines stand as they are; the others' begin with their rank
 * @param environment variables beside this process's own
 */
record Rank(int number, boolean speaks, Map<String, String> environment) {
  Rank {
    environment = Map.copyOf(environment);
  }
}
