// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.formats;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.ByteSource;
import io.github.micromet.slide.CorruptSlideException;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideFormat;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.UnknownFormatException;
import io.github.micromet.slide.Verdict;
import io.github.micromet.slide.openslide.OpenSlideFormat;
import io.github.micromet.slide.tiff.AperioFormat;
import io.github.micromet.slide.tiff.GenericTiffFormat;
import io.github.micromet.slide.tiff.OmeTiffFormat;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Opens slides. One reader by rule: the first format that says the file is its own opens it, and if
 * that fails nobody else is asked. Threads: stateless.
 */
public final class Slides {
  /**
   * The formats, most specific first. A new format is one class and one line here. They are made
   * when asked for: the last loads a library of the host, which most slides do not need.
   */
  private static final List<Supplier<SlideFormat>> FORMATS =
      List.of(AperioFormat::new, OmeTiffFormat::new, GenericTiffFormat::new, OpenSlideFormat::new);

  private Slides() {}

  /** The formats in the order in which they are asked. */
  public static List<SlideFormat> formats() {
    return FORMATS.stream().map(Supplier::get).toList();
  }

  /** What one format says of a file. */
  public record Opinion(String format, Verdict verdict) {}

  /**
   * Opens a slide.
   *
   * @throws UnknownFormatException if no format reads it, with the most telling reason
   * @throws CorruptSlideException if it is a slide but broken
   * @throws MicrometException if there is no such file, or it is a folder, empty or not readable
   */
  public static Slide open(Path file, SlideOptions options) {
    return open(source(file), file.toString(), options);
  }

  /**
   * Opens a slide that need not be a local file; it owns {@code source} from here on, also when
   * this fails.
   *
   * @throws MicrometException as {@link #open(Path, SlideOptions)}
   */
  public static Slide open(ByteSource source, SlideOptions options) {
    return open(source, source.name(), options);
  }

  private static Slide open(ByteSource source, String name, SlideOptions options) {
    ByteSource mine = source; // until a format owns it
    List<Opinion> opinions = new ArrayList<>();
    try {
      for (Supplier<SlideFormat> make : FORMATS) {
        SlideFormat format = make.get();
        Verdict verdict = format.examine(source);
        if (verdict instanceof Verdict.Yes) {
          mine = null;
          return format.open(source, options);
        }
        opinions.add(new Opinion(format.name(), verdict));
      }
      throw Unrecognised.of(name, source, opinions);
    } catch (IOException e) {
      throw unreadable(name, e);
    } finally {
      close(mine);
    }
  }

  /**
   * What each format says of a file, in the order of {@link #formats}.
   *
   * @throws MicrometException as {@link #open}
   */
  public static List<Opinion> explain(Path file) {
    try (ByteSource source = source(file)) {
      List<Opinion> opinions = new ArrayList<>();
      for (SlideFormat format : formats()) {
        opinions.add(new Opinion(format.name(), format.examine(source)));
      }
      return opinions;
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  private static ByteSource source(Path file) {
    String name = file.toString();
    if (Files.notExists(file)) {
      throw new MicrometException(
          ErrorKind.INPUT, name, "there is no such file", "Check the path.");
    }
    if (Files.isDirectory(file)) {
      throw new MicrometException(
          ErrorKind.INPUT, name, "is a folder, not a slide", "Name a file in it.");
    }
    try {
      if (Files.size(file) == 0) {
        throw new CorruptSlideException(name, "is empty (0 bytes)", "Copy the slide again.");
      }
      return ByteSource.of(file);
    } catch (AccessDeniedException e) {
      throw new MicrometException(
          ErrorKind.INPUT, name, "may not be read by you", "Change its permissions.", e);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  private static CorruptSlideException unreadable(String name, IOException e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new CorruptSlideException(
        name,
        "cannot be read (disk error?): " + why,
        "Check the disk and copy the slide again.",
        e);
  }

  private static void close(ByteSource source) {
    try {
      if (source != null) {
        source.close();
      }
    } catch (IOException e) {
      // Nothing was written and the error that matters is on its way.
    }
  }
}
