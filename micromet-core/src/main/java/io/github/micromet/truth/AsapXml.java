// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.truth;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Polygon;

/**
 * The XML that ASAP writes and that CAMELYON16 and 17 publish. Outlines are read (Polygon, Spline
 * by its points, Rectangle); dots and point sets mark places, enclose nothing and are passed over.
 * Anything else, a measure or an outline of fewer than three points, is kept as an open outline.
 * The parser knows no DTD and no external entity.
 *
 * <p>Threads: stateless.
 */
public final class AsapXml {
  private static final Set<String> OUTLINES = Set.of("Polygon", "Spline", "Rectangle");
  private static final Set<String> MARKS = Set.of("Dot", "PointSet");
  private static final String COLOUR = "#F4FA58";

  private AsapXml() {}

  /**
   * Reads a file.
   *
   * @throws MicrometException of kind INPUT if it is no ASAP XML, with the line
   */
  public static TruthPolygons read(Path file) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      try {
        return document(file, xml);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNumber();
      throw unreadable(file, "is not well-formed XML (" + line + ")", e);
    } catch (IOException e) {
      throw unreadable(file, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static TruthPolygons document(Path file, XMLStreamReader xml) throws XMLStreamException {
    List<Annotation> closed = new ArrayList<>();
    List<OpenOutline> open = new ArrayList<>();
    boolean root = false;
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      if (!root && !xml.getLocalName().equals("ASAP_Annotations")) {
        throw unreadable(file, "begins with <" + xml.getLocalName() + ">, not ASAP_Annotations");
      }
      root = true;
      if (xml.getLocalName().equals("Annotation")) {
        annotation(file, xml, closed, open);
      }
    }
    return new TruthPolygons(closed, open);
  }

  private static void annotation(
      Path file, XMLStreamReader xml, List<Annotation> closed, List<OpenOutline> open)
      throws XMLStreamException {
    int line = xml.getLocation().getLineNumber();
    String name = attribute(xml, "Name", "");
    String type = attribute(xml, "Type", "");
    String group = attribute(xml, "PartOfGroup", "None");
    TreeMap<Integer, Coordinate> points = new TreeMap<>(); // by Order, which ASAP counts from 0
    while (!(xml.next() == XMLStreamConstants.END_ELEMENT
        && xml.getLocalName().equals("Annotation"))) {
      if (xml.getEventType() == XMLStreamConstants.START_ELEMENT
          && xml.getLocalName().equals("Coordinate")) {
        int order = (int) number(file, xml, "Order");
        Coordinate point = new Coordinate(number(file, xml, "X"), number(file, xml, "Y"));
        Coordinate before = points.put(order, point);
        if (before != null && !before.equals2D(point)) {
          throw unreadable(
              file,
              "has two places for Order=\""
                  + order
                  + "\" of one outline, the second in line "
                  + xml.getLocation().getLineNumber());
        }
      }
    }
    if (MARKS.contains(type)) {
      return;
    }
    Optional<Polygon> outline =
        OUTLINES.contains(type) ? Rings.polygon(List.copyOf(points.values())) : Optional.empty();
    if (outline.isPresent()) {
      closed.add(new Annotation(name, group, outline.get(), line));
    } else {
      open.add(new OpenOutline(name, group, type, points.size(), line));
    }
  }

  private static String attribute(XMLStreamReader xml, String name, String absent) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? absent : value;
  }

  private static double number(Path file, XMLStreamReader xml, String name) {
    String value = attribute(xml, name, "");
    try {
      double number = Double.parseDouble(value);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, with the place.
    }
    throw unreadable(
        file,
        "has a Coordinate with "
            + name
            + "=\""
            + value
            + "\" in line "
            + xml.getLocation().getLineNumber());
  }

  private static MicrometException unreadable(Path file, String problem) {
    return unreadable(file, problem, null);
  }

  private static MicrometException unreadable(Path file, String problem, Exception cause) {
    return new MicrometException(
        ErrorKind.INPUT,
        file.toString(),
        problem,
        "Give an annotation file as ASAP saves it (ASAP_Annotations).",
        cause);
  }

  /**
   * Writes a file that ASAP opens; outer rings only.
   *
   * @param remark goes into a comment at its head; may be empty
   * @throws MicrometException of kind RESOURCE if the file cannot be written
   */
  public static void write(Path file, TruthPolygons truth, String remark) {
    AtomicFiles.write(
        file,
        out -> {
          try {
            write(out, truth, remark);
          } catch (XMLStreamException e) {
            throw new IOException(e.getMessage(), e);
          }
        });
  }

  private static void write(OutputStream out, TruthPolygons truth, String remark)
      throws XMLStreamException {
    XMLStreamWriter xml =
        XMLOutputFactory.newDefaultFactory()
            .createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
    xml.writeStartDocument("UTF-8", "1.0");
    if (!remark.isEmpty()) {
      xml.writeComment(" " + remark.replace("--", "-") + " ");
    }
    line(xml, 0);
    xml.writeStartElement("ASAP_Annotations");
    line(xml, 1);
    xml.writeStartElement("Annotations");
    TreeSet<String> groups = new TreeSet<>();
    for (Annotation annotation : truth.annotations()) {
      groups.add(annotation.group());
      write(xml, annotation);
    }
    line(xml, 1);
    xml.writeEndElement();
    line(xml, 1);
    xml.writeStartElement("AnnotationGroups");
    groups.remove("None");
    for (String group : groups) {
      line(xml, 2);
      xml.writeEmptyElement("Group");
      xml.writeAttribute("Name", group);
      xml.writeAttribute("PartOfGroup", "None");
      xml.writeAttribute("Color", COLOUR);
    }
    line(xml, 1);
    xml.writeEndElement();
    line(xml, 0);
    xml.writeEndElement();
    line(xml, 0);
    xml.writeEndDocument();
    xml.flush();
  }

  private static void write(XMLStreamWriter xml, Annotation annotation) throws XMLStreamException {
    line(xml, 2);
    xml.writeStartElement("Annotation");
    xml.writeAttribute("Name", annotation.name());
    xml.writeAttribute("Type", "Polygon");
    xml.writeAttribute("PartOfGroup", annotation.group());
    xml.writeAttribute("Color", COLOUR);
    line(xml, 3);
    xml.writeStartElement("Coordinates");
    Coordinate[] ring = annotation.outline().getExteriorRing().getCoordinates();
    for (int i = 0; i + 1 < ring.length; i++) {
      line(xml, 4);
      xml.writeEmptyElement("Coordinate");
      xml.writeAttribute("Order", String.valueOf(i));
      xml.writeAttribute("X", plain(ring[i].x));
      xml.writeAttribute("Y", plain(ring[i].y));
    }
    line(xml, 3);
    xml.writeEndElement();
    line(xml, 2);
    xml.writeEndElement();
  }

  /** Never 1.0E7, which ASAP's readers need not know. */
  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static void line(XMLStreamWriter xml, int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "\t".repeat(depth));
  }
}
