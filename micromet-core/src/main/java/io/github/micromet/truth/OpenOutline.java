// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import java.util.Objects;

/**
 * A drawing that should enclose something and does not: an outline of fewer than three points, or a
 * line. It paints nothing.
 *
 * @param name as in the file
 * @param group as in the file
 * @param type what the file calls it, e.g. {@code Polygon} or {@code Measurement}
 * @param points how many it has
 * @param line where it begins in the file, from 1; 0 if unknown
 */
public record OpenOutline(String name, String group, String type, int points, int line) {
  public OpenOutline {
    Objects.requireNonNull(name);
    Objects.requireNonNull(group);
    Objects.requireNonNull(type);
  }
}
