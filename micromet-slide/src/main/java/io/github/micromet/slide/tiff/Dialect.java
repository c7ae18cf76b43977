// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Whose TIFF it is, by the same signs that libopenslide goes by. */
enum Dialect {
  APERIO("an Aperio SVS"),
  OME("an OME-TIFF"),
  HAMAMATSU("a Hamamatsu NDPI"),
  LEICA("a Leica SCN"),
  PHILIPS("a Philips TIFF"),
  TRESTLE("a Trestle TIFF"),
  VENTANA("a Ventana BIF"),
  GENERIC("a plain TIFF");

  private static final int MAX_XMP_BYTES = 4 << 20;

  private final String words;

  Dialect(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  static Dialect of(TiffFile file) throws TiffException, IOException {
    TiffDirectory first = file.directories().get(0);
    String description = first.text(Tag.IMAGE_DESCRIPTION);
    String software = first.text(Tag.SOFTWARE);
    if (first.has(Tag.NDPI_FORMAT_FLAG)) {
      return HAMAMATSU;
    }
    if (description.startsWith("Aperio")) {
      return APERIO;
    }
    if (description.contains("http://www.leica-microsystems.com/scn")) {
      return LEICA;
    }
    if (software.startsWith("Philips")) {
      return PHILIPS;
    }
    if (software.startsWith("MedScan")) {
      return TRESTLE;
    }
    if (description.stripTrailing().endsWith("OME>") && description.contains("<OME")) {
      return OME;
    }
    for (TiffDirectory directory : file.directories()) {
      byte[] xmp = directory.bytes(Tag.XMP, MAX_XMP_BYTES);
      if (new String(xmp, StandardCharsets.ISO_8859_1).contains("<iScan")) {
        return VENTANA;
      }
    }
    return GENERIC;
  }
}
