// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import io.github.micromet.truth.Annotations;
import io.github.micromet.truth.OutlineCheck;
import io.github.micromet.truth.TruthPolygons;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Whether a file of truth holds any tumour at all. A mask is asked on its fine levels: on a coarse
 * one isolated tumour cells have gone.
 *
 * <p>Threads: stateless.
 */
final class TumourPresence {
  /** Finer levels would take minutes a slide. */
  private static final long MOST_PIXELS = 1L << 30;

  private static final int STRIP_PIXELS = 1 << 22;

  private TumourPresence() {}

  /**
   * @param notes is told sentences: outlines left out, a level that is not the finest
   * @throws MicrometException of kind INPUT if the file cannot be read whole
   */
  static boolean in(Path file, Consumer<String> notes) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".xml") || name.endsWith(".json")
        ? inOutlines(file, notes)
        : inMask(file, notes);
  }

  private static boolean inOutlines(Path file, Consumer<String> notes) {
    TruthPolygons truth = Annotations.read(file);
    OutlineCheck.leftOut(truth).ifPresent(note -> notes.accept(file.getFileName() + ": " + note));
    return truth.holdsTumour();
  }

  private static boolean inMask(Path file, Consumer<String> notes) {
    try (Slide mask = Slides.open(file, SlideOptions.DEFAULT)) {
      List<Level> levels = mask.info().levels();
      int finest = 0;
      while (finest < levels.size() - 1 && pixels(levels.get(finest)) > MOST_PIXELS) {
        finest++;
      }
      // Most lesions are seen on a coarse level, which is read in no time.
      for (int index = levels.size() - 1; index >= finest; index--) {
        if (anyAt(mask, levels.get(index))) {
          return true;
        }
      }
      if (finest > 0) {
        notes.accept(
            String.format(
                Locale.ROOT,
                "%s: no tumour at level %d, one pixel in %.0f; finer levels were not looked at.",
                file.getFileName(),
                finest,
                levels.get(finest).downsample()));
      }
      return false;
    }
  }

  private static long pixels(Level level) {
    return Math.multiplyExact(level.width(), level.height());
  }

  private static boolean anyAt(Slide mask, Level level) {
    int columns = Math.toIntExact(level.width());
    int strip = Math.max(1, STRIP_PIXELS / columns);
    for (long top = 0; top < level.height(); top += strip) {
      int height = (int) Math.min(strip, level.height() - top);
      long y0 = Math.round(top * level.downsample());
      ByteBuffer rgb = mask.read(new Region(0, y0, level.index(), columns, height)).rgb();
      if (!mask.faults().isEmpty()) {
        throw new MicrometException(
            ErrorKind.INPUT,
            mask.name(),
            "has a tile that cannot be decoded (" + mask.faults().get(0).reason() + ")",
            "A mask has to be whole: copy it again.");
      }
      for (int at = 0; at < height * columns; at++) {
        if (rgb.get(at * 3) != 0) {
          return true;
        }
      }
    }
    return false;
  }
}
