// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.operation.valid.IsValidOp;

/**
 * What a GeoJSON file of ours must keep: the rules of RFC 7946, by section, and what QuPath's
 * reader needs to make annotations of it. Written from the two texts, not from our writer.
 */
public final class GeoJsonRules {
  private static final Set<String> OBJECT_TYPES = Set.of("annotation", "detection", "tile", "cell");
  private static final GeometryFactory SHAPES = new GeometryFactory();

  private final List<String> broken = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private GeoJsonRules() {}

  /** The rules that a file breaks, in words; empty when it keeps all. */
  public static List<String> brokenBy(Path file) throws IOException {
    GeoJsonRules rules = new GeoJsonRules();
    rules.file(Files.readAllBytes(file));
    return rules.broken;
  }

  private void file(byte[] bytes) {
    rule(bytes.length < 3 || bytes[0] != (byte) 0xEF, "RFC 8259 8.1: no byte order mark");
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      collection(
          JsonMapper.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build()
              .readTree(text));
    } catch (CharacterCodingException e) {
      broken.add("RFC 8259 8.1: UTF-8");
    } catch (IOException e) {
      broken.add("RFC 8259: JSON without a key twice: " + e.getMessage());
    }
  }

  private void collection(JsonNode root) {
    rule(root.path("type").asText().equals("FeatureCollection"), "3.3: a FeatureCollection");
    rule(root.path("features").isArray(), "3.3: features is an array");
    for (String foreign : List.of("coordinates", "geometries", "geometry", "properties")) {
      rule(!root.has(foreign), "7.1: a FeatureCollection has no " + foreign);
    }
    rule(!root.has("crs"), "4: no crs");
    root.path("features").forEach(this::feature);
  }

  private void feature(JsonNode feature) {
    rule(feature.path("type").asText().equals("Feature"), "3.2: type Feature");
    rule(feature.has("geometry"), "3.2: a geometry, or null");
    rule(feature.has("properties"), "3.2: properties, or null");
    for (String foreign : List.of("coordinates", "geometries", "features")) {
      rule(!feature.has(foreign), "7.1: a Feature has no " + foreign);
    }
    String id = feature.path("id").asText();
    rule(isUuid(id), "QuPath: the id is a UUID: " + id);
    rule(ids.add(id), "QuPath: an id only once: " + id);
    geometry(feature.path("geometry"));
    properties(feature.path("properties"));
  }

  private static boolean isUuid(String id) {
    try {
      return UUID.fromString(id).toString().equals(id);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void geometry(JsonNode geometry) {
    JsonNode coordinates = geometry.path("coordinates");
    switch (geometry.path("type").asText()) {
      case "Point" -> position(coordinates);
      case "Polygon" -> polygon(coordinates);
      default -> broken.add("here: only points and polygons: " + geometry.path("type"));
    }
  }

  private void position(JsonNode position) {
    rule(position.isArray() && position.size() == 2, "3.1.1: a position is two numbers");
    for (JsonNode number : position) {
      rule(number.isNumber() && Double.isFinite(number.asDouble()), "3.1.1: numbers: " + number);
    }
  }

  private void polygon(JsonNode rings) {
    rule(rings.isArray() && !rings.isEmpty(), "3.1.6: a polygon has rings");
    List<LinearRing> closed = new ArrayList<>();
    for (JsonNode ring : rings) {
      ring.forEach(this::position);
      Coordinate[] corners = corners(ring);
      boolean isRing = corners.length >= 4 && corners[0].equals2D(corners[corners.length - 1]);
      rule(corners.length >= 4, "3.1.6: a ring has four or more positions: " + corners.length);
      rule(isRing, "3.1.6: a ring ends where it began");
      if (isRing) {
        rule(
            Orientation.isCCW(corners) == closed.isEmpty(),
            "3.1.6: the outer ring counterclockwise, the others clockwise");
        closed.add(SHAPES.createLinearRing(corners));
      }
    }
    if (!closed.isEmpty()) {
      LinearRing[] holes = closed.subList(1, closed.size()).toArray(new LinearRing[0]);
      IsValidOp valid = new IsValidOp(SHAPES.createPolygon(closed.get(0), holes));
      rule(valid.isValid(), "QuPath: a valid polygon: " + valid.getValidationError());
    }
  }

  private static Coordinate[] corners(JsonNode ring) {
    Coordinate[] corners = new Coordinate[ring.size()];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = new Coordinate(ring.get(i).path(0).asDouble(), ring.get(i).path(1).asDouble());
    }
    return corners;
  }

  private void properties(JsonNode properties) {
    rule(
        OBJECT_TYPES.contains(properties.path("objectType").asText()),
        "QuPath: objectType is one it knows");
    rule(properties.path("name").isTextual(), "QuPath: the name is text");
    rule(properties.path("isLocked").isBoolean(), "QuPath: isLocked is yes or no");
    JsonNode classification = properties.path("classification");
    rule(classification.path("name").isTextual(), "QuPath: a class has a name");
    rule(
        !classification.path("name").asText().contains(":"),
        "QuPath: a colon would make a derived class");
    JsonNode colour = classification.path("color");
    rule(colour.isArray() && colour.size() == 3, "QuPath: a colour is three numbers");
    for (JsonNode channel : colour) {
      rule(
          channel.isInt() && channel.asInt() >= 0 && channel.asInt() <= 255,
          "QuPath: a channel is 0 to 255: " + channel);
    }
    rule(properties.path("measurements").isObject(), "QuPath: measurements are an object");
    for (Map.Entry<String, JsonNode> each : properties.path("measurements").properties()) {
      rule(each.getValue().isNumber(), "QuPath: a measurement is a number: " + each);
    }
    for (Map.Entry<String, JsonNode> each : properties.properties()) {
      rule(!each.getValue().isNull(), "QuPath: no null: " + each.getKey());
    }
  }

  private void rule(boolean kept, String words) {
    if (!kept) {
      broken.add(words);
    }
  }
}
