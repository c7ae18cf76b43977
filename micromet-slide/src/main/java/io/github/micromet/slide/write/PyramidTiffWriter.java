// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.write;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import io.github.micromet.slide.Level;
import io.github.micromet.slide.RgbImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a tiled pyramidal TIFF, the CAMELYON16 layout: successive directories, each level half the
 * size of the one before, made by 2 x 2 means of the pixels (never of decoded tiles).
 *
 * <p>Level 0 is painted one tile at a time in the order of a quadtree, so that a level's tile is
 * done as soon as its four parts are: memory is one tile a level, however large the picture. The
 * directories stand before the tiles; the file is classic up to 4 GiB, BigTIFF above, and its bytes
 * depend on nothing but the arguments.
 *
 * <p>Threads: each call by itself; painters are called by the calling thread.
 */
public final class PyramidTiffWriter {
  /** Offsets of a classic TIFF have 32 bits. */
  private static final long CLASSIC_LIMIT = 1L << 32;

  private final Samples samples;
  private final PyramidOptions options;
  private final List<LevelTable> levels;
  private final MaskPainter painter; // rows x columns x channels with tight rows

  private PyramidTiffWriter(
      Samples samples, List<LevelTable> levels, PyramidOptions options, MaskPainter painter) {
    this.samples = samples;
    this.options = options;
    this.levels = levels;
    this.painter = painter;
  }

  private static List<LevelTable> levels(long width, long height, PyramidOptions options) {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException("a picture has a positive size");
    }
    return LevelTable.pyramid(width, height, options);
  }

  /**
   * Writes a picture.
   *
   * @param file replaced if it exists; whole or absent whatever happens
   * @param width of level 0
   * @param height of level 0
   * @throws MicrometException of kind RESOURCE if the file cannot be written
   */
  public static void write(
      Path file, long width, long height, PyramidOptions options, RegionPainter painter) {
    new PyramidTiffWriter(
            Samples.RGB,
            levels(width, height, options),
            options,
            (x0, y0, w, h, into) ->
                painter.paint(x0, y0, RgbImage.view(ByteBuffer.wrap(into), w, h)))
        .write(file);
  }

  /**
   * Writes a mask of one uint8 a pixel. A pixel of a higher level has the most frequent value of
   * the four below it, the larger on a tie. Where the painter says that a tile has one value, the
   * tile is not painted, and all tiles of that value are stored once.
   *
   * @throws IllegalArgumentException if the compression is JPEG, which would change values
   * @throws MicrometException of kind RESOURCE if the file cannot be written
   */
  public static void writeMask(
      Path file, long width, long height, PyramidOptions options, MaskPainter painter) {
    writeMask(file, options, painter, levels(width, height, options));
  }

  /**
   * Writes a mask whose levels have the sizes of a slide's levels, so that a level of the one lies
   * over the same level of the other. From the first level on that cannot be made by halving (a
   * ratio that is no power of two) sizes halve and round down; so do those of further levels, until
   * one fits a tile.
   *
   * @param slide the slide's levels, level 0 first
   * @throws IllegalArgumentException if the compression is JPEG
   * @throws MicrometException of kind RESOURCE if the file cannot be written
   */
  public static void writeMask(
      Path file, List<Level> slide, PyramidOptions options, MaskPainter painter) {
    writeMask(file, options, painter, LevelTable.like(slide, options));
  }

  private static void writeMask(
      Path file, PyramidOptions options, MaskPainter painter, List<LevelTable> levels) {
    if (options.compression() instanceof TileCompression.Jpeg) {
      throw new IllegalArgumentException("a mask is stored without loss, not as JPEG");
    }
    new PyramidTiffWriter(Samples.VALUE, levels, options, painter).write(file);
  }

  private void write(Path file) {
    Path scratch =
        file.resolveSibling("." + file.getFileName() + ".tiles" + AtomicFiles.UNFINISHED);
    try (TileEncoder encoder = new TileEncoder(options.compression(), options.tile())) {
      long length;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(scratch), 1 << 20)) {
        length = new Walk(encoder, out).run();
      }
      List<LevelTable> stored = levels.stream().filter(level -> level.stored).toList();
      TiffHead small = new TiffHead(false, samples, options, encoder, stored);
      TiffHead head =
          small.length() + length <= CLASSIC_LIMIT
              ? small
              : new TiffHead(true, samples, options, encoder, stored);
      AtomicFiles.write(
          file,
          out -> {
            out.write(head.bytes());
            Files.copy(scratch, out);
          });
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          file.toString(),
          "cannot be written (" + e.getMessage() + ")",
          "Make room, or choose a folder that can be written to.",
          e);
    } finally {
      discard(scratch);
    }
  }

  private static void discard(Path scratch) {
    try {
      Files.deleteIfExists(scratch);
    } catch (IOException ignored) {
      // Its failure to be written says more.
    }
  }

  /** A tile that has no one value. */
  private static final int MIXED = -1;

  /** A tile that the level does not have. */
  private static final int ABSENT = -2;

  /** Where the bytes of a tile are, from the first byte of the tiles. */
  private record Stored(long at, int bytes) {}

  /** One pass over the quadtree. */
  private final class Walk {
    private final TileEncoder encoder;
    private final OutputStream out;
    private final int edge = options.tile();
    private final byte[][] tiles; // one a level: edge x edge x channels
    private final Map<Integer, Stored> constants = new HashMap<>(); // by value
    private long written;

    Walk(TileEncoder encoder, OutputStream out) {
      this.encoder = encoder;
      this.out = out;
      this.tiles = new byte[levels.size()][edge * edge * samples.channels];
    }

    long run() throws IOException {
      int top = levels.size() - 1;
      LevelTable base = levels.get(0);
      // Rounding down may leave level-0 tiles without one above them at the top.
      long columns = (base.columns - 1L >> top) + 1;
      long rows = (base.rows - 1L >> top) + 1;
      for (long row = 0; row < rows; row++) {
        for (long column = 0; column < columns; column++) {
          visit(top, column, row);
        }
      }
      return written;
    }

    /** Paints and stores a tile and all below it; says what value its pixels have. */
    private int visit(int level, long column, long row) throws IOException {
      if (level == 0) {
        return leaf(column, row);
      }
      int value = ABSENT;
      int[] values = new int[4];
      for (int part = 0; part < 4; part++) {
        values[part] = visit(level - 1, column * 2 + (part & 1), row * 2 + (part >> 1));
        if (values[part] == MIXED) {
          samples.halve(tiles[level - 1], edge, tiles[level], (part & 1) == 1, part >> 1 == 1);
        }
        if (values[part] != ABSENT) {
          value = value == ABSENT || value == values[part] ? values[part] : MIXED;
        }
      }
      for (int part = 0; part < 4 && value == MIXED; part++) {
        if (values[part] >= 0) {
          fillQuarter(tiles[level], values[part], (part & 1) == 1, part >> 1 == 1);
        }
      }
      return levels.get(level).holds(column, row) ? store(level, column, row, value) : ABSENT;
    }

    private int leaf(long column, long row) throws IOException {
      LevelTable base = levels.get(0);
      if (!base.holds(column, row)) {
        return ABSENT;
      }
      int width = (int) Math.min(edge, base.width - column * edge);
      int height = (int) Math.min(edge, base.height - row * edge);
      int value = painter.constant(column * edge, row * edge, width, height).orElse(MIXED);
      if (value == MIXED) {
        paint(column, row, width, height);
      }
      return store(0, column, row, value);
    }

    private void fillQuarter(byte[] tile, int value, boolean right, boolean low) {
      int half = edge / 2;
      for (int y = low ? half : 0; y < (low ? edge : half); y++) {
        int from = y * edge + (right ? half : 0);
        Arrays.fill(tile, from, from + half, (byte) value);
      }
    }

    private void paint(long column, long row, int width, int height) {
      byte[] tile = tiles[0];
      painter.paint(column * edge, row * edge, width, height, tile);
      // The painter's rows are tight; spread them to the tile's, last first as they overlap.
      int tight = width * samples.channels;
      for (int y = height - 1; y > 0 && width < edge; y--) {
        System.arraycopy(tile, y * tight, tile, y * edge * samples.channels, tight);
      }
    }

    /** Stores a tile; gives the value back. */
    private int store(int level, long column, long row, int value) throws IOException {
      LevelTable table = levels.get(level);
      if (value == MIXED) {
        int width = (int) Math.min(edge, table.width - column * edge);
        int height = (int) Math.min(edge, table.height - row * edge);
        samples.pad(tiles[level], edge, width, height);
      }
      if (table.stored) {
        Stored place = value == MIXED ? append(tiles[level]) : constant(value);
        int index = Math.toIntExact(row * table.columns + column);
        table.at[index] = place.at;
        table.bytes[index] = place.bytes;
      }
      return value;
    }

    private Stored constant(int value) throws IOException {
      Stored place = constants.get(value);
      if (place == null) {
        byte[] tile = new byte[edge * edge * samples.channels];
        Arrays.fill(tile, (byte) value);
        place = append(tile);
        constants.put(value, place);
      }
      return place;
    }

    private Stored append(byte[] tile) throws IOException {
      byte[] bytes = encoder.encode(tile);
      Stored place = new Stored(written, bytes.length);
      out.write(bytes);
      written += bytes.length;
      if ((written & 1) == 1) {
        out.write(0); // TIFF asks for even offsets
        written++;
      }
      return place;
    }
  }
}
