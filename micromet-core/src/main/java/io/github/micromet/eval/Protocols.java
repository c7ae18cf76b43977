// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.Protocol.SlideRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Protocols as JSON: those that Micromet brings, and a user's own. Threads: stateless. */
public final class Protocols {
  /** Those that Micromet brings, the first being the default. */
  public static final List<String> NAMES =
      List.of("monai-48", "challenge-129", "ncrf", "camelyon-plus");

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "version",
          "source",
          "level",
          "spacing",
          "maskValue",
          "anyMaskValueIfCorrect",
          "slides",
          "exclusions",
          "exclusionsFromUser",
          "expectedSlides",
          "growthUm",
          "itcUm",
          "rates",
          "nms");

  private Protocols() {}

  /**
   * A protocol by its name, or from a file that is laid out as Micromet's own.
   *
   * @throws MicrometException of kind USAGE if there is neither, or a field is missing or wrong
   */
  public static Protocol of(String nameOrFile) {
    if (NAMES.contains(nameOrFile)) {
      return brought(nameOrFile);
    }
    Path file = Path.of(nameOrFile);
    if (!Files.isRegularFile(file)) {
      throw new MicrometException(
          ErrorKind.USAGE,
          nameOrFile,
          "is neither a protocol (" + String.join(", ", NAMES) + ") nor a file",
          "Check --protocol.");
    }
    try {
      return parse(Files.readString(file), nameOrFile);
    } catch (IOException e) {
      throw wrong(nameOrFile, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static Protocol brought(String name) {
    String resource = "protocol-" + name + ".json";
    try (InputStream in = Protocols.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not in the jar");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Protocol parse(String json, String from) {
    try {
      JsonNode root = MAPPER.readTree(json);
      if (!root.isObject()) {
        throw wrong(from, "is not a JSON object", null);
      }
      root.fieldNames()
          .forEachRemaining(
              field -> {
                if (!FIELDS.contains(field)) {
                  throw wrong(from, "has a field \"" + field + "\" that no protocol has", null);
                }
              });
      return protocol(root, from);
    } catch (JsonProcessingException e) {
      throw wrong(
          from,
          "is not JSON: line "
              + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())
              + ": "
              + e.getOriginalMessage(),
          e);
    } catch (IllegalArgumentException e) {
      throw wrong(from, e.getMessage(), e);
    }
  }

  private static Protocol protocol(JsonNode root, String from) {
    List<String> exclusions = texts(root, "exclusions", from);
    JsonNode nms = field(root, "nms", from);
    return new Protocol(
        field(root, "name", from).asText(),
        field(root, "version", from).asText(),
        texts(root, "source", from),
        whole(root, "level", from),
        spacing(field(root, "spacing", from), from),
        whole(root, "maskValue", from),
        field(root, "anyMaskValueIfCorrect", from).asBoolean(),
        rule(field(root, "slides", from).asText(), from),
        exclusions,
        root.path("exclusionsFromUser").asBoolean(false),
        root.has("expectedSlides")
            ? OptionalInt.of(whole(root, "expectedSlides", from))
            : OptionalInt.empty(),
        number(field(root, "growthUm", from), "growthUm", from),
        number(field(root, "itcUm", from), "itcUm", from),
        rates(field(root, "rates", from), from),
        whole(nms, "box", from),
        number(field(nms, "threshold", from), "threshold", from));
  }

  private static OptionalDouble spacing(JsonNode node, String from) {
    return node.asText().equals("slide")
        ? OptionalDouble.empty()
        : OptionalDouble.of(number(node, "spacing", from));
  }

  private static SlideRule rule(String word, String from) {
    return switch (word) {
      case "with-truth" -> SlideRule.WITH_TRUTH;
      case "all" -> SlideRule.ALL;
      default -> throw wrong(from, "slides is \"" + word + "\", not with-truth or all", null);
    };
  }

  private static List<Double> rates(JsonNode node, String from) {
    List<Double> rates = new ArrayList<>();
    node.forEach(each -> rates.add(number(each, "rates", from)));
    return rates;
  }

  private static List<String> texts(JsonNode root, String name, String from) {
    List<String> texts = new ArrayList<>();
    field(root, name, from).forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static int whole(JsonNode root, String name, String from) {
    JsonNode node = field(root, name, from);
    if (!node.canConvertToInt() || !node.isIntegralNumber()) {
      throw wrong(from, name + " is " + node + ", not a whole number", null);
    }
    return node.intValue();
  }

  private static double number(JsonNode node, String name, String from) {
    if (!node.isNumber()) {
      throw wrong(from, name + " is " + node + ", not a number", null);
    }
    return node.doubleValue();
  }

  private static JsonNode field(JsonNode root, String name, String from) {
    JsonNode node = root.get(name);
    if (node == null || node.isNull()) {
      throw wrong(from, "has no " + name, null);
    }
    return node;
  }

  private static MicrometException wrong(String from, String problem, Exception cause) {
    return new MicrometException(
        ErrorKind.USAGE,
        from,
        problem,
        "Lay a protocol out as those in docs/evaluation.md.",
        cause);
  }
}
