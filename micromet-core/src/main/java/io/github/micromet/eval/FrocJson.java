// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.eval.stat.Interval;
import io.github.micromet.file.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An evaluation as froc.json: numbers, parameters, hashes, and each slide's lesions and false
 * positives, so that two evaluations can be compared without their maps.
 *
 * <p>Threads: stateless.
 */
public final class FrocJson {
  /** The file's name. */
  public static final String NAME = "froc.json";

  private static final String FORMAT = "micromet-froc";
  private static final int VERSION = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          // Double.toString changed in Java 19; this writer is the same everywhere.
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private FrocJson() {}

  /**
   * What {@link #read} gives back.
   *
   * @param protocol its title
   * @param compat its word
   * @param rates false positives a slide at which sensitivity was read
   * @param rules of the protocol as JSON, by field, but where they come from
   * @param slides by name
   */
  public record Read(
      String protocol,
      String compat,
      List<Double> rates,
      Map<String, String> rules,
      List<SlideCount> slides) {
    public Read {
      rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
      rates = List.copyOf(rates);
      slides = List.copyOf(slides);
    }
  }

  /**
   * Writes the file.
   *
   * @param parameters name and value of all that had a say
   * @param hashes file and SHA-256 of what was read
   * @throws MicrometException of kind RESOURCE if it cannot be written
   */
  public static void write(
      Path file,
      FrocResult result,
      List<SlideCount> slides,
      Protocol protocol,
      Map<String, String> parameters,
      Map<String, String> hashes) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT).put("formatVersion", VERSION);
    root.put("protocol", result.protocol()).put("compat", result.compat());
    number(root, "score", result.score());
    result.interval().ifPresent(interval -> root.set("interval", node(interval)));
    ArrayNode rates = root.putArray("sensitivities");
    for (int i = 0; i < result.rates().size(); i++) {
      ObjectNode rate = rates.addObject().put("falsePositives", result.rates().get(i));
      number(rate, "sensitivity", result.sensitivities().get(i));
    }
    root.set("rules", node(protocol));
    parameters.forEach(root.putObject("parameters")::put);
    hashes.forEach(root.putObject("sha256")::put);
    result.warnings().forEach(root.putArray("warnings")::add);
    ArrayNode all = root.putArray("slides");
    slides.forEach(slide -> all.add(node(slide)));
    ArrayNode curve = root.putArray("curve");
    for (FrocCurve.Point point : result.curve().points()) {
      ObjectNode at = curve.addObject();
      number(at, "threshold", point.threshold());
      number(at, "falsePositives", point.falsePositives());
      number(at, "sensitivity", point.sensitivity());
    }
    try {
      DefaultPrettyPrinter printer =
          new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
      AtomicFiles.write(file, MAPPER.writer(printer).writeValueAsString(root) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  private static ObjectNode node(Interval interval) {
    ObjectNode node = MAPPER.createObjectNode();
    number(node, "low", interval.low());
    number(node, "high", interval.high());
    return node.put("confidence", interval.confidence());
  }

  private static ObjectNode node(Protocol protocol) {
    ObjectNode node = MAPPER.createObjectNode();
    protocol.source().forEach(node.putArray("source")::add);
    node.put("level", protocol.level());
    if (protocol.spacing().isPresent()) {
      node.put("spacing", protocol.spacing().getAsDouble());
    } else {
      node.put("spacing", "slide");
    }
    node.put("maskValue", protocol.maskValue())
        .put("anyMaskValueIfCorrect", protocol.anyMaskValue())
        .put("slides", protocol.slides().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    protocol.exclusions().forEach(node.putArray("exclusions")::add);
    node.put("growthUm", protocol.growthUm()).put("itcUm", protocol.itcUm());
    node.putObject("nms").put("box", protocol.box()).put("threshold", protocol.threshold());
    return node;
  }

  private static ObjectNode node(SlideCount slide) {
    ObjectNode node = MAPPER.createObjectNode().put("slide", slide.slide());
    node.put("maxProbability", slide.maxProbability()).put("phantom", slide.phantom());
    ArrayNode lesions = node.putArray("lesions");
    for (LesionResult lesion : slide.lesions()) {
      lesions
          .addObject()
          .put("label", lesion.label())
          .put("size", lesion.size().name().toLowerCase(Locale.ROOT))
          .put("target", lesion.target())
          .put("probability", lesion.probability())
          .put("longestUm", lesion.longestUm())
          .put("areaUm2", lesion.areaUm2())
          .put("x0", lesion.x0())
          .put("y0", lesion.y0());
    }
    ArrayNode falsePositives = node.putArray("falsePositives");
    for (FalsePositive each : slide.falsePositives()) {
      falsePositives.addArray().add(each.probability()).add(each.x0()).add(each.y0());
    }
    return node;
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name); // JSON has no NaN
    }
  }

  /**
   * Reads what a comparison needs.
   *
   * @throws MicrometException of kind USAGE if it is not such a file, or a newer one
   */
  public static Read read(Path file) {
    try {
      JsonNode root = MAPPER.readTree(Files.readString(file));
      if (root == null || !root.path("format").asText().equals(FORMAT)) {
        throw unreadable(file, "is not a " + FORMAT + " file", null);
      }
      if (root.path("formatVersion").asInt() > VERSION) {
        throw unreadable(
            file,
            "has format version "
                + root.path("formatVersion").asInt()
                + ", this Micromet reads up to "
                + VERSION,
            null);
      }
      List<Double> rates = new ArrayList<>();
      root.required("sensitivities")
          .forEach(each -> rates.add(each.required("falsePositives").doubleValue()));
      List<SlideCount> slides = new ArrayList<>();
      root.required("slides").forEach(each -> slides.add(slide(each)));
      if (slides.isEmpty()) {
        throw unreadable(file, "holds no slide", null);
      }
      Map<String, String> rules = new LinkedHashMap<>();
      root.required("rules")
          .fields()
          .forEachRemaining(rule -> rules.put(rule.getKey(), rule.getValue().toString()));
      rules.remove("source");
      return new Read(
          root.required("protocol").asText(),
          root.required("compat").asText(),
          rates,
          rules,
          slides);
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
      throw unreadable(file, "is not JSON (" + line + e.getOriginalMessage() + ")", e);
    } catch (IOException e) {
      throw unreadable(file, "cannot be read (" + e.getMessage() + ")", e);
    } catch (IllegalArgumentException e) {
      throw unreadable(file, "is incomplete (" + e.getMessage() + ")", e);
    }
  }

  private static SlideCount slide(JsonNode node) {
    String name = node.required("slide").asText();
    List<LesionResult> lesions = new ArrayList<>();
    for (JsonNode each : node.required("lesions")) {
      lesions.add(
          new LesionResult(
              name,
              each.required("label").intValue(),
              LesionResult.Size.valueOf(each.required("size").asText().toUpperCase(Locale.ROOT)),
              each.required("target").booleanValue(),
              each.required("probability").doubleValue(),
              each.required("longestUm").doubleValue(),
              each.required("areaUm2").doubleValue(),
              each.required("x0").doubleValue(),
              each.required("y0").doubleValue()));
    }
    List<FalsePositive> falsePositives = new ArrayList<>();
    for (JsonNode each : node.required("falsePositives")) {
      falsePositives.add(
          new FalsePositive(
              name,
              each.required(0).doubleValue(),
              each.required(1).doubleValue(),
              each.required(2).doubleValue()));
    }
    return new SlideCount(
        name,
        lesions,
        falsePositives,
        node.required("phantom").booleanValue(),
        node.required("maxProbability").doubleValue(),
        List.of());
  }

  private static MicrometException unreadable(Path file, String problem, Exception cause) {
    return new MicrometException(
        ErrorKind.USAGE,
        file.toString(),
        problem,
        "Give a folder in which `micromet froc` wrote " + NAME + ", or that file.",
        cause);
  }
}
