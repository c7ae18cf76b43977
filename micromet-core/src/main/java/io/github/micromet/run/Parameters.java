// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings by name, in the order they were given; a value is text, a number or yes and no. Names
 * are those of the options, so a reader of a run knows what to type.
 */
public record Parameters(@JsonValue Map<String, Object> values) {
  public static final Parameters NONE = new Parameters(Map.of());

  /**
   * @throws IllegalArgumentException if a value is of another kind
   */
  @JsonCreator
  public Parameters {
    for (Map.Entry<String, Object> each : values.entrySet()) {
      Object value = each.getValue();
      if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
        throw new IllegalArgumentException(each.getKey() + " is neither text, number nor boolean");
      }
    }
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** These and one more, at the end. */
  public Parameters with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    if (more.put(name, value) != null) {
      throw new IllegalArgumentException(name + " is there already");
    }
    return new Parameters(more);
  }
}
