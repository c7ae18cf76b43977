// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.train.label.LabelledRegion.PatchImage;
import io.github.micromet.train.label.LabelledRegion.Place;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code dataset.json} in MONAI's data-list layout: an object with lists {@code training} and
 * {@code validation} of {@code {"image": path, "location": [y, x], "label": ...}}; paths are
 * relative to the file's folder, other members are passed over.
 *
 * <p>The location is the centre in level-0 pixels, row first, as PatchWSIDataset takes it (its
 * documentation does not say; the reader it hands it to says "(top, left)"). The label is nine
 * values, row by row, flat or as three rows, or a single one. An item without a location is an
 * image of one patch.
 *
 * <p>Threads: stateless.
 */
final class DataListJson {
  private static final int GRID = 9;
  private static final String REMEDY =
      "An item is {\"image\": path, \"location\": [y, x], \"label\": one or nine of 0 and 1}.";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final SlidePlaces places;
  private final OptionalDouble patchesMpp;

  private DataListJson(Path file, SlidePlaces places, OptionalDouble patchesMpp) {
    this.file = file;
    this.places = places;
    this.patchesMpp = patchesMpp;
  }

  static void read(Path file, SlidePlaces places, OptionalDouble patchesMpp, Gathered into) {
    DataListJson reading = new DataListJson(file, places, patchesMpp);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        JsonParser json = JSON.getFactory().createParser(in)) {
      reading.lists(json, into);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new Line(file, line).wrong("is no sound JSON: " + e.getOriginalMessage(), REMEDY);
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.USAGE, file.toString(), "cannot be read: " + e.getMessage(), "", e);
    }
  }

  private void lists(JsonParser json, Gathered into) throws IOException {
    boolean found = false;
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw here(json).wrong("is not an object with a list \"training\"", REMEDY);
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("training")) {
        found = true;
        items(json, into.training);
      } else if (name.equals("validation")) {
        items(json, into.validation);
      } else {
        json.skipChildren();
      }
    }
    if (!found) {
      throw new Line(file, 0).wrong("has no list \"training\"", REMEDY);
    }
  }

  private Line here(JsonParser json) {
    return new Line(file, json.currentTokenLocation().getLineNr());
  }

  private void items(JsonParser json, List<Found> into) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw here(json).wrong("is not a list of items", REMEDY);
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Line line = here(json);
      JsonNode item = JSON.readTree(json);
      if (item == null || !item.isObject()) {
        throw line.wrong("is not an item", REMEDY);
      }
      into.add(new Found(new LabelledRegion(place(item, line), labels(item, line)), line));
    }
  }

  private Place place(JsonNode item, Line line) {
    JsonNode image = item.path("image");
    if (!image.isTextual()) {
      throw line.wrong("has no \"image\"", REMEDY);
    }
    Path path = file.toAbsolutePath().resolveSibling(image.textValue()).normalize();
    if (!Files.isRegularFile(path)) {
      throw line.wrong(
          "names " + image.textValue() + ", which is not there",
          "Paths are relative to the folder of the list.");
    }
    if (!item.has("location")) {
      return new PatchImage(path, patchesMpp.orElse(Double.NaN));
    }
    JsonNode location = item.path("location");
    if (location.size() != 2 || !whole(location.path(0)) || !whole(location.path(1))) {
      throw line.wrong("has the location " + location + ", not two whole numbers", REMEDY);
    }
    if (item.path("patch_level").asInt(0) != 0) {
      throw line.wrong("has patch_level " + item.path("patch_level") + ", not 0", REMEDY);
    }
    return places.at(
        path, location.path(1).longValue(), location.path(0).longValue(), line, REMEDY);
  }

  private static boolean whole(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong();
  }

  private static List<Integer> labels(JsonNode item, Line line) {
    List<Integer> labels = new ArrayList<>();
    flatten(item.path("label"), labels, line);
    boolean image = !item.has("location");
    if (labels.size() != 1 && (image || labels.size() != GRID)) {
      throw line.wrong(
          "has " + labels.size() + " labels, not " + (image ? "1" : "1 or " + GRID), REMEDY);
    }
    return labels;
  }

  private static void flatten(JsonNode node, List<Integer> into, Line line) {
    if (node.isArray()) {
      node.forEach(inner -> flatten(inner, into, line));
    } else if (!node.isMissingNode()) {
      into.add(line.labelOf(node.toString(), REMEDY));
    }
  }
}
