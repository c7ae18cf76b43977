// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * Writes one FeatureCollection, a feature a line, in the words QuPath reads: {@code objectType},
 * {@code name}, {@code classification}, {@code measurements}. Coordinates are level-0 pixels, x to
 * the right and y down, rounded to the hundredth of a pixel that QuPath keeps.
 *
 * <p>RFC 7946 wants outer rings counterclockwise and holes clockwise, taking x and y as the axes of
 * a plane; with y down, as the picture shows it, the outer ring looks clockwise.
 *
 * <p>Threads: confined to one.
 */
final class FeatureStream implements AutoCloseable {
  private static final int DECIMALS = 2;

  private final JsonGenerator json;
  private final String seed;
  private final Map<UUID, Integer> seen = new HashMap<>();

  /**
   * Begins the collection with one foreign member, {@code micromet}, that says where it comes from.
   *
   * @param out left open by {@link #close()}
   * @param seed what tells this collection's ids from those of another slide
   */
  FeatureStream(OutputStream out, String seed, Map<String, Object> origin) throws IOException {
    this.seed = seed;
    json =
        JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build()
            .createGenerator(out, JsonEncoding.UTF8)
            .setPrettyPrinter(new FeatureALine());
    json.writeStartObject();
    json.writeStringField("type", "FeatureCollection");
    json.writeFieldName("micromet");
    writeValue(origin);
    json.writeArrayFieldStart("features");
  }

  /** What a person sees of a feature, and QuPath's class with its colour. */
  record Look(String name, String classification, int red, int green, int blue) {}

  void polygon(Polygon outline, Look look, Map<String, Number> measurements) throws IOException {
    begin(look.classification() + outline.toText());
    json.writeStringField("type", "Polygon");
    json.writeArrayFieldStart("coordinates");
    writeRing(outline.getExteriorRing(), true);
    for (int i = 0; i < outline.getNumInteriorRing(); i++) {
      writeRing(outline.getInteriorRingN(i), false);
    }
    json.writeEndArray();
    end(look, measurements);
  }

  void point(double x0, double y0, Look look, Map<String, Number> measurements) throws IOException {
    begin(look.classification() + x0 + " " + y0);
    json.writeStringField("type", "Point");
    json.writeFieldName("coordinates");
    writePosition(x0, y0);
    end(look, measurements);
  }

  private void begin(String content) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "Feature");
    json.writeStringField("id", id(content).toString());
    json.writeObjectFieldStart("geometry");
  }

  private void end(Look look, Map<String, Number> measurements) throws IOException {
    json.writeEndObject();
    json.writeObjectFieldStart("properties");
    json.writeStringField("objectType", "annotation");
    json.writeStringField("name", look.name());
    json.writeObjectFieldStart("classification");
    json.writeStringField("name", look.classification());
    json.writeArrayFieldStart("color");
    json.writeNumber(look.red());
    json.writeNumber(look.green());
    json.writeNumber(look.blue());
    json.writeEndArray();
    json.writeEndObject();
    json.writeBooleanField("isLocked", false);
    json.writeFieldName("measurements");
    writeValue(measurements);
    json.writeEndObject();
    json.writeEndObject();
  }

  /** The same content has the same id in every run; what comes twice gets one of its own. */
  private UUID id(String content) {
    UUID first = uuid(seed + '\n' + content);
    int times = seen.merge(first, 1, Integer::sum);
    return times == 1 ? first : uuid(seed + '\n' + content + '\n' + times);
  }

  private static UUID uuid(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void writeRing(LinearRing ring, boolean counterclockwise) throws IOException {
    Coordinate[] corners = ring.getCoordinates();
    boolean backwards = Orientation.isCCW(corners) != counterclockwise;
    json.writeStartArray();
    for (int i = 0; i < corners.length; i++) {
      Coordinate corner = corners[backwards ? corners.length - 1 - i : i];
      writePosition(corner.x, corner.y);
    }
    json.writeEndArray();
  }

  private void writePosition(double x0, double y0) throws IOException {
    json.writeStartArray();
    writeCoordinate(x0);
    writeCoordinate(y0);
    json.writeEndArray();
  }

  private void writeCoordinate(double value) throws IOException {
    BigDecimal rounded = new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    json.writeNumber(rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString());
  }

  private void writeValue(Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> each : map.entrySet()) {
        json.writeFieldName((String) each.getKey());
        writeValue(each.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      json.writeStartArray();
      for (Object each : list) {
        writeValue(each);
      }
      json.writeEndArray();
    } else if (value instanceof Integer whole) {
      json.writeNumber(whole);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else {
      json.writeString((String) value);
    }
  }

  /** Line feeds around the features and nowhere else: small files whose changes can be read. */
  private static final class FeatureALine extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;
    private static final int FEATURES_DEPTH = 2;

    @Override
    public void beforeArrayValues(JsonGenerator json) throws IOException {
      breakLine(json);
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
      json.writeRaw(',');
      breakLine(json);
    }

    @Override
    public void writeEndArray(JsonGenerator json, int values) throws IOException {
      breakLine(json);
      json.writeRaw(']');
    }

    private static void breakLine(JsonGenerator json) throws IOException {
      if (json.getOutputContext().getNestingDepth() == FEATURES_DEPTH) {
        json.writeRaw('\n');
      }
    }
  }

  @Override
  public void close() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
    json.close();
  }
}
