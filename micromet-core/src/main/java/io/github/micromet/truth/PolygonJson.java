// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Polygon;

/**
 * The JSON that NCRF publishes for CAMELYON16: lists {@code positive} and {@code negative} of
 * {@code {"name": ..., "vertices": [[x, y], ...]}} in level-0 pixels. The two words become the
 * groups of the outlines. Other members are passed over; a file without either list is refused.
 *
 * <p>Threads: stateless.
 */
public final class PolygonJson {
  /** The group of what is tumour. */
  public static final String POSITIVE = "positive";

  /** The group of what is cut out of it. */
  public static final String NEGATIVE = "negative";

  /** The largest of CAMELYON16's has 1.1 MB; a vertex takes some 40 bytes of memory. */
  private static final long MOST_BYTES = 64L << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MOST_BYTES)
                  .maxNestingDepth(16)
                  .maxNumberLength(64)
                  .maxStringLength(10_000)
                  .maxNameLength(1_000)
                  .build())
          .build();

  private final Path file;
  private final JsonParser json;
  private final List<Annotation> closed = new ArrayList<>();
  private final List<OpenOutline> open = new ArrayList<>();

  private PolygonJson(Path file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  /**
   * Reads a file of up to 64 MiB.
   *
   * @throws MicrometException of kind INPUT if it is not of that layout, with the line
   */
  public static TruthPolygons read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        JsonParser json = JSON.createParser(in)) {
      PolygonJson reading = new PolygonJson(file, json);
      reading.document();
      return new TruthPolygons(reading.closed, reading.open);
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      throw unreadable(file, "is no sound JSON (" + e.getOriginalMessage() + line + ")", e);
    } catch (IOException e) {
      throw unreadable(file, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private void document() throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT, "an object with lists positive and negative");
    boolean found = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String list = json.currentName();
      json.nextToken();
      if (list.equals(POSITIVE) || list.equals(NEGATIVE)) {
        found = true;
        outlines(list);
      } else {
        json.skipChildren();
      }
    }
    if (!found) {
      throw unreadable(file, "has no list \"positive\" or \"negative\"", null);
    }
    if (json.nextToken() != null) {
      throw here("has more after its end");
    }
  }

  private void outlines(String list) throws IOException {
    expect(json.currentToken(), JsonToken.START_ARRAY, "a list after \"" + list + "\"");
    for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
      expect(json.currentToken(), JsonToken.START_OBJECT, "an object in \"" + list + "\"");
      outline(list, i);
    }
  }

  private void outline(String list, int index) throws IOException {
    int line = json.currentTokenLocation().getLineNr();
    String name = list + " " + index;
    Optional<List<Coordinate>> points = Optional.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = json.currentName();
      JsonToken value = json.nextToken();
      if (member.equals("vertices")) {
        points = Optional.of(vertices());
      } else if (member.equals("name") && value.isScalarValue()) {
        name = json.getText();
      } else {
        json.skipChildren();
      }
    }
    if (points.isEmpty()) {
      throw here("has an outline without \"vertices\"");
    }
    int count = points.get().size();
    Optional<Polygon> polygon = Rings.polygon(points.get());
    if (polygon.isPresent()) {
      closed.add(new Annotation(name, list, polygon.get(), line));
    } else {
      open.add(new OpenOutline(name, list, "vertices", count, line));
    }
  }

  private List<Coordinate> vertices() throws IOException {
    expect(json.currentToken(), JsonToken.START_ARRAY, "a list of vertices");
    List<Coordinate> points = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken(), JsonToken.START_ARRAY, "a vertex [x, y]");
      points.add(new Coordinate(number(), number()));
      expect(json.nextToken(), JsonToken.END_ARRAY, "a vertex of two numbers");
    }
    return points;
  }

  private double number() throws IOException {
    JsonToken token = json.nextToken();
    if (token == null || !token.isNumeric() || !Double.isFinite(json.getDoubleValue())) {
      throw here("has no finite number where a vertex's x or y belongs");
    }
    return json.getDoubleValue();
  }

  private void expect(JsonToken token, JsonToken wanted, String what) {
    if (token != wanted) {
      throw here("lacks " + what);
    }
  }

  private MicrometException here(String problem) {
    int line = json.currentLocation().getLineNr();
    return unreadable(file, problem + " (line " + line + ")", null);
  }

  private static MicrometException unreadable(Path file, String problem, Exception cause) {
    return new MicrometException(
        ErrorKind.INPUT,
        file.toString(),
        problem,
        "Give {\"positive\": [{\"name\": ..., \"vertices\": [[x, y], ...]}], \"negative\": []}, as"
            + " NCRF publishes it.",
        cause);
  }
}
