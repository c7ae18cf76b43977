// SPDX-License-Identifier: Apache-2.0
package io.github.micromet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Golden files in JSON. */
public final class GoldenJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private GoldenJson() {}

  /** The golden file of that name; ends the calling test as {@link Golden#file} does. */
  public static JsonNode read(String name) {
    try {
      return MAPPER.readTree(Files.readAllBytes(Golden.file(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
