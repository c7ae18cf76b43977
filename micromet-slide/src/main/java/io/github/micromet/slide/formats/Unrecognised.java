// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.formats;

import io.github.micromet.slide.ByteSource;
import io.github.micromet.slide.UnknownFormatException;
import io.github.micromet.slide.Verdict;
import io.github.micromet.slide.openslide.OpenSlideLibrary;
import io.github.micromet.slide.tiff.GenericTiffFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Words for a file that no format reads: the most telling reason, and a remedy that can help. */
final class Unrecognised {
  /** What libopenslide 4 reads beside TIFFs. */
  private static final Set<String> OTHERS =
      Set.of("bif", "czi", "dcm", "mrxs", "ndpi", "scn", "svslide", "vms", "vmu");

  private Unrecognised() {}

  static UnknownFormatException of(String file, ByteSource source, List<Slides.Opinion> opinions)
      throws IOException {
    String plainTiff = reason("generic-tiff", opinions);
    String library = reason("openslide", opinions);
    boolean tiff = GenericTiffFormat.isTiff(source);
    boolean anothers = tiff ? plainTiff.contains("libopenslide") : OTHERS.contains(suffix(file));
    String problem;
    if (tiff) {
      problem = "no reader takes it: " + plainTiff;
    } else if (anothers) {
      problem = "no reader takes it: a ." + suffix(file) + " file is read by libopenslide only";
    } else {
      problem = "is not a whole-slide image (it starts with " + start(source) + ")";
    }
    String remedy;
    if (anothers) {
      boolean absent = OpenSlideLibrary.host().status() instanceof OpenSlideLibrary.Status.Absent;
      remedy =
          absent
              ? "Install libopenslide (" + library + "); `micromet doctor` says how."
              : "Here " + library + "; libopenslide 4 reads more formats than 3.";
    } else if (tiff) {
      remedy = "Convert it to a tiled pyramid of 8-bit RGB, e.g. with `vips tiffsave`.";
    } else {
      remedy = "Give a slide file; `micromet info FILE --why` lists what each reader says.";
    }
    return new UnknownFormatException(file, problem, remedy);
  }

  private static String reason(String format, List<Slides.Opinion> opinions) {
    for (Slides.Opinion opinion : opinions) {
      if (opinion.format().equals(format) && opinion.verdict() instanceof Verdict.No no) {
        return no.reason();
      }
    }
    return "";
  }

  private static String suffix(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** The first bytes, as text where they are. */
  private static String start(ByteSource source) throws IOException {
    byte[] head = new byte[(int) Math.min(8, source.size())];
    source.read(0, ByteBuffer.wrap(head));
    StringBuilder text = new StringBuilder();
    for (byte b : head) {
      text.append(b >= 32 && b < 127 ? (char) b : '.');
    }
    return "\"" + text + "\", " + HexFormat.of().formatHex(head);
  }
}
