// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import io.github.micromet.grid.CellBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the records of a run become JSON: keys in the order of the record's components, two spaces,
 * line feeds, unknown values null; the same record gives the same bytes on every Java.
 *
 * <p>Threads: safe for many.
 */
public final class RunJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          // Double.toString changed in Java 19; this writer is the same everywhere.
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addMixIn(CellBlock.class, OnOneLine.class)
          .build();

  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

  private RunJson() {}

  /** A corrupt tile touches a hundred windows; each is one line of four numbers. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  private interface OnOneLine {}

  /** Writes a record, whole or not at all. */
  public static void write(Path file, Object record) {
    AtomicFiles.write(file, text(record));
  }

  static String text(Object record) {
    try {
      return MAPPER.writer(PRINTER).writeValueAsString(record) + "\n";
    } catch (JacksonException e) {
      throw new IllegalStateException(record.getClass() + " has no JSON", e);
    }
  }

  /**
   * Reads a record, or those of its components that {@code type} has.
   *
   * @param format that the file must claim
   * @param newest version of the format that is understood
   * @throws MicrometException of kind INPUT if the file is none of them
   */
  public static <T> T read(Path file, String format, int newest, Class<T> type) {
    JsonNode tree = tree(file);
    if (!tree.path("format").asText().equals(format)) {
      throw unreadable(file, "is not a " + format + " file", "Give one that a run wrote.", null);
    }
    int version = tree.path("formatVersion").asInt();
    if (version > newest) {
      throw unreadable(
          file,
          "has format version " + version + ", this Micromet reads up to " + newest,
          "Use the version that wrote it, or a newer one.",
          null);
    }
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JacksonException e) {
      throw unreadable(
          file, "is incomplete (" + e.getOriginalMessage() + ")", "Run the slide again.", e);
    }
  }

  /** The format that a file claims; empty when it is not JSON or claims none. */
  static Optional<String> formatOf(Path file) {
    try {
      JsonNode format = MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8));
      return Optional.ofNullable(format.path("format").textValue());
    } catch (IOException notOurs) {
      return Optional.empty();
    }
  }

  private static JsonNode tree(Path file) {
    try {
      return MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      throw unreadable(
          file, "is not JSON (" + e.getOriginalMessage() + ")", "Run the slide again.", e);
    } catch (IOException e) {
      throw unreadable(file, "cannot be read (" + e.getMessage() + ")", "Check the path.", e);
    }
  }

  private static MicrometException unreadable(
      Path file, String problem, String remedy, Throwable cause) {
    return new MicrometException(ErrorKind.INPUT, file.toString(), problem, remedy, cause);
  }
}
