// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.write;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import io.github.micromet.slide.RgbImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
  private final TilePainter painter;

  /** Fills a tile's buffer, rows x columns x channels with tight rows. */
  private interface TilePainter {
    void paint(long x0, long y0, int width, int height, byte[] into);
  }

  private PyramidTiffWriter(
      Samples samples, long width, long height, PyramidOptions options, TilePainter painter) {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException("a picture has a positive size");
    }
    this.samples = samples;
    this.options = options;
    this.levels = LevelTable.pyramid(width, height, options);
    this.painter = painter;
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
            width,
            height,
            options,
            (x0, y0, w, h, into) ->
                painter.paint(x0, y0, RgbImage.view(ByteBuffer.wrap(into), w, h)))
        .write(file);
  }

  /**
   * Writes a mask of one uint8 a pixel. A pixel of a higher level has the most frequent value of
   * the four below it, the larger on a tie.
   *
   * @throws IllegalArgumentException if the compression is JPEG, which would change values
   * @throws MicrometException of kind RESOURCE if the file cannot be written
   */
  public static void writeMask(
      Path file, long width, long height, PyramidOptions options, MaskPainter painter) {
    if (options.compression() instanceof TileCompression.Jpeg) {
      throw new IllegalArgumentException("a mask is stored without loss, not as JPEG");
    }
    new PyramidTiffWriter(Samples.VALUE, width, height, options, painter::paint).write(file);
  }

  private void write(Path file) {
    Path scratch =
        file.resolveSibling("." + file.getFileName() + ".tiles" + AtomicFiles.UNFINISHED);
    try (TileEncoder encoder = new TileEncoder(options.compression(), options.tile())) {
      long length;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(scratch), 1 << 20)) {
        length = new Walk(encoder, out).run();
      }
      TiffHead small = new TiffHead(false, samples, options, encoder, levels);
      TiffHead head =
          small.length() + length <= CLASSIC_LIMIT
              ? small
              : new TiffHead(true, samples, options, encoder, levels);
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

  /** One pass over the quadtree. */
  private final class Walk {
    private final TileEncoder encoder;
    private final OutputStream out;
    private final int edge = options.tile();
    private final byte[][] tiles; // one a level: edge x edge x channels
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

    private void visit(int level, long column, long row) throws IOException {
      if (level == 0) {
        if (levels.get(0).holds(column, row)) {
          paint(column, row);
          store(0, column, row);
        }
        return;
      }
      for (int part = 0; part < 4; part++) {
        long below = column * 2 + (part & 1);
        long belowRow = row * 2 + (part >> 1);
        visit(level - 1, below, belowRow);
        if (levels.get(level - 1).holds(below, belowRow)) {
          samples.halve(tiles[level - 1], edge, tiles[level], (part & 1) == 1, part >> 1 == 1);
        }
      }
      if (levels.get(level).holds(column, row)) {
        store(level, column, row);
      }
    }

    private void paint(long column, long row) {
      LevelTable base = levels.get(0);
      int width = (int) Math.min(edge, base.width - column * edge);
      int height = (int) Math.min(edge, base.height - row * edge);
      byte[] tile = tiles[0];
      painter.paint(column * edge, row * edge, width, height, tile);
      // The painter's rows are tight; spread them to the tile's, last first as they overlap.
      int tight = width * samples.channels;
      for (int y = height - 1; y > 0 && width < edge; y--) {
        System.arraycopy(tile, y * tight, tile, y * edge * samples.channels, tight);
      }
    }

    private void store(int level, long column, long row) throws IOException {
      LevelTable table = levels.get(level);
      int width = (int) Math.min(edge, table.width - column * edge);
      int height = (int) Math.min(edge, table.height - row * edge);
      samples.pad(tiles[level], edge, width, height);
      byte[] bytes = encoder.encode(tiles[level]);
      out.write(bytes);
      int index = Math.toIntExact(row * table.columns + column);
      table.at[index] = written;
      table.bytes[index] = bytes.length;
      written += bytes.length;
      if ((written & 1) == 1) {
        out.write(0); // TIFF asks for even offsets
        written++;
      }
    }
  }
}
