// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.grid.Grid;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.Mpp;
import io.github.micromet.slide.Region;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.Slide;
import io.github.micromet.slide.SlideOptions;
import io.github.micromet.slide.formats.Slides;
import io.github.micromet.truth.Annotations;
import io.github.micromet.truth.LevelMask;
import io.github.micromet.truth.TruthPolygons;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Truth files -> masks at a level: of a mask TIFF channel 0 of the level as stored, of outlines the
 * level that their mask TIFF would have ({@link LevelMask}).
 *
 * <p>Threads: stateless.
 */
public final class TruthMasks {
  private static final int STRIP_PIXELS = 1 << 22;
  private static final double FINEST_UM = 0.1;

  private TruthMasks() {}

  /**
   * A mask read.
   *
   * @param mask at the level
   * @param mpp the mask file's own spacing, if it says one
   * @param bounded whether its size is the slide's; without a slide or a map, outlines are not
   * @param note a sentence where the file had no such level; may be empty
   */
  public record Read(TumourMask mask, Optional<Mpp> mpp, boolean bounded, String note) {}

  /**
   * Rows and columns of a slide at a level.
   *
   * @param rows along y
   * @param columns along x
   */
  public record Size(int rows, int columns) {
    /**
     * @throws MicrometException of kind USAGE if one mask cannot hold that many cells
     */
    static Size of(Path file, int level, long rows, long columns) {
      try {
        return new Size(Grid.side(rows, columns), Grid.side(columns, rows));
      } catch (MicrometException e) {
        throw new MicrometException(
            ErrorKind.USAGE,
            file.toString(),
            "has "
                + columns
                + " x "
                + rows
                + " cells at level "
                + level
                + ", too many for one mask",
            "Choose a coarser level (--level).",
            e);
      }
    }
  }

  /**
   * Reads a truth file.
   *
   * @param protocol its level, and its mask value for outlines
   * @param size of the slide at that level, for outlines; empty if unknown
   * @throws MicrometException of kind INPUT if the file cannot be read
   */
  public static Read read(Path file, Protocol protocol, Optional<Size> size) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".xml") || name.endsWith(".json")
        ? outlines(file, protocol, size)
        : stored(file, protocol.level());
  }

  private static Read outlines(Path file, Protocol protocol, Optional<Size> size) {
    TruthPolygons truth = Annotations.read(file);
    Size of = size.orElseGet(() -> around(file, truth, protocol));
    byte[] mask = LevelMask.of(truth, protocol.level(), of.rows(), of.columns());
    for (int at = 0; at < mask.length; at++) {
      mask[at] = (byte) (mask[at] * protocol.maskValue());
    }
    return new Read(
        new TumourMask(of.rows(), of.columns(), mask), Optional.empty(), size.isPresent(), "");
  }

  /** As far right and down as the outlines reach, with room to grow. */
  private static Size around(Path file, TruthPolygons truth, Protocol protocol) {
    int level = protocol.level();
    // Where the spacing is each slide's own, a pixel is hardly finer than a tenth of a micrometre.
    long room = (long) Math.ceil(Froc.growthCells(protocol, FINEST_UM)) + 2;
    long rows = ((long) Math.ceil(truth.bottom()) >> level) + room;
    long columns = ((long) Math.ceil(truth.right()) >> level) + room;
    return Size.of(file, level, rows, columns);
  }

  private static Read stored(Path file, int level) {
    try (Slide slide = Slides.open(file, SlideOptions.DEFAULT)) {
      int last = slide.info().levels().size() - 1;
      TumourMask mask = level(slide, Math.min(level, last));
      String note = "";
      if (level > last) {
        for (int at = last; at < level; at++) {
          mask = halved(mask);
        }
        note =
            file
                + " ends at level "
                + last
                + ": level "
                + level
                + " was made from it, the most frequent of 2 x 2 each; the reference fails here.";
      }
      return new Read(mask, slide.info().mpp(), true, note);
    }
  }

  private static TumourMask level(Slide slide, int index) {
    Level level = slide.info().level(index);
    Size size = Size.of(Path.of(slide.name()), index, level.height(), level.width());
    int rows = size.rows();
    int columns = size.columns();
    byte[] values = new byte[Math.multiplyExact(rows, columns)];
    int strip = Math.max(1, Math.min(rows, STRIP_PIXELS / columns));
    for (int top = 0; top < rows; top += strip) {
      int height = Math.min(strip, rows - top);
      long y0 = Math.round(top * level.downsample());
      RgbImage image = slide.read(new Region(0, y0, index, columns, height));
      ByteBuffer rgb = image.rgb();
      for (int at = 0; at < height * columns; at++) {
        values[top * columns + at] = rgb.get(at * 3);
      }
    }
    if (!slide.faults().isEmpty()) {
      throw new MicrometException(
          ErrorKind.INPUT,
          slide.name(),
          "has " + slide.faults().size() + " tiles that cannot be decoded",
          "A mask has to be whole: copy it again.");
    }
    return new TumourMask(rows, columns, values);
  }

  /** The next level by the rule of Micromet's own masks: the most frequent, the larger on a tie. */
  private static TumourMask halved(TumourMask mask) {
    int rows = (mask.rows() + 1) / 2;
    int columns = (mask.columns() + 1) / 2;
    byte[] values = new byte[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int[] four = new int[4];
        for (int i = 0; i < 4; i++) {
          int r = Math.min(mask.rows() - 1, 2 * row + i / 2);
          int c = Math.min(mask.columns() - 1, 2 * column + i % 2);
          four[i] = mask.values()[r * mask.columns() + c] & 0xff;
        }
        values[row * columns + column] = (byte) mostFrequent(four);
      }
    }
    return new TumourMask(rows, columns, values);
  }

  private static int mostFrequent(int[] four) {
    int best = 0;
    int most = 0;
    for (int value : four) {
      int times = 0;
      for (int other : four) {
        times += other == value ? 1 : 0;
      }
      if (times > most || times == most && value > best) {
        most = times;
        best = value;
      }
    }
    return best;
  }
}
