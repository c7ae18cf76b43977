// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.codec.Photometric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OME-TIFF with interleaved 8-bit RGB: the first directory is level 0, its sub-directories (tag
 * 330) are the others; older files have them in the chain, as a generic pyramid has.
 *
 * <p>Three attributes are taken from the XML by pattern rather than by a parser: no entity of a
 * stranger's file is ever resolved.
 */
public final class OmeTiffFormat extends TiffFormat {
  private static final Pattern PIXELS = Pattern.compile("<(?:\\w+:)?Pixels\\b([^>]*)>");
  private static final Pattern OBJECTIVE = Pattern.compile("<(?:\\w+:)?Objective\\b([^>]*)>");

  @Override
  public String name() {
    return "ome-tiff";
  }

  @Override
  Optional<String> notMine(TiffFile file) throws TiffException, IOException {
    return Dialect.of(file) == Dialect.OME
        ? Optional.empty()
        : Optional.of("its description is not OME-XML");
  }

  @Override
  Pyramid pyramid(TiffFile file) throws TiffException, IOException {
    TiffDirectory first = file.directories().get(0);
    String xml = first.text(Tag.IMAGE_DESCRIPTION);
    String pixels = attributes(PIXELS, xml);
    checkRgb(first, pixels);
    List<TiffDirectory> below = file.subDirectories(first);
    List<TiffDirectory> levels = new ArrayList<>(List.of(first));
    if (below.isEmpty()) {
      levels = GenericTiffFormat.levels(file.directories());
    } else {
      levels.addAll(below);
    }
    Optional<Mpp> stated = spacing(pixels);
    return new Pyramid(
        Pyramid.byWidth(levels),
        new TreeMap<>(),
        stated.isPresent() ? stated : Resolution.of(first),
        number(attribute(attributes(OBJECTIVE, xml), "NominalMagnification")),
        new TreeMap<>());
  }

  private static void checkRgb(TiffDirectory first, String pixels)
      throws TiffException, IOException {
    String type = attribute(pixels, "Type").orElse("uint8");
    int channels = (int) number(attribute(pixels, "SizeC")).orElse(3);
    long samples = first.number(Tag.SAMPLES_PER_PIXEL, 1);
    if (!type.equals("uint8") || channels != samples || samples < 3) {
      throw new TiffException(
          channels
              + (channels == 1 ? " channel of " : " channels of ")
              + type
              + (channels > 1 && samples == 1 ? " in separate planes" : "")
              + "; Micromet reads 8-bit RGB");
    }
    if (TiffLayout.of(first).tile().photometric().colours() != Photometric.RGB.colours()) {
      throw new TiffException("its " + samples + " samples are no colours");
    }
  }

  private static Optional<Mpp> spacing(String pixels) {
    OptionalDouble x = microns(pixels, "PhysicalSizeX");
    OptionalDouble y = microns(pixels, "PhysicalSizeY");
    if (x.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Mpp(x.getAsDouble(), y.orElse(x.getAsDouble())));
  }

  private static OptionalDouble microns(String pixels, String name) {
    OptionalDouble size = number(attribute(pixels, name));
    double unit =
        switch (attribute(pixels, name + "Unit").orElse("µm")) {
          case "µm", "μm", "um", "&#181;m", "&#xB5;m", "&#956;m", "micron" -> 1;
          case "nm" -> 1e-3;
          case "mm" -> 1e3;
          case "cm" -> 1e4;
          case "m" -> 1e6;
          default -> 0; // "pixel", "reference frame": no length
        };
    double value = size.orElse(0) * unit;
    return Resolution.isPlausible(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private static String attributes(Pattern element, String xml) {
    Matcher found = element.matcher(xml);
    return found.find() ? found.group(1) : "";
  }

  private static Optional<String> attribute(String attributes, String name) {
    Matcher found =
        Pattern.compile("(?:^|\\s)" + name + "\\s*=\\s*[\"']([^\"']*)[\"']").matcher(attributes);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private static OptionalDouble number(Optional<String> text) {
    try {
      double value = text.isEmpty() ? 0 : Double.parseDouble(text.get());
      return value > 0 && Double.isFinite(value)
          ? OptionalDouble.of(value)
          : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
