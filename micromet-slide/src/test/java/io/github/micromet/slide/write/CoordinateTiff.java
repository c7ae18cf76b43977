// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.write;

import io.github.micromet.CoordinateTiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A lossless TIFF whose every level shows {@link CoordinateTiles#colour}, for any reader. */
public final class CoordinateTiff {
  private CoordinateTiff() {}

  /** Writes levels that halve, rounding down. */
  public static void write(Path file, int width, int height, int levels, int tile)
      throws IOException {
    PyramidOptions options =
        PyramidOptions.of(new TileCompression.Deflate()).withTile(tile).withMinimumLevels(levels);
    List<LevelTable> tables = LevelTable.pyramid(width, height, options).subList(0, levels);
    ByteArrayOutputStream tiles = new ByteArrayOutputStream();
    try (TileEncoder encoder = new TileEncoder(options.compression(), tile)) {
      for (int level = 0; level < levels; level++) {
        LevelTable table = tables.get(level);
        for (int i = 0; i < table.at.length; i++) {
          byte[] pixels = pixels(table, level, i % table.columns, i / table.columns, tile);
          byte[] stored = encoder.encode(pixels);
          table.at[i] = tiles.size();
          table.bytes[i] = stored.length;
          tiles.writeBytes(stored);
        }
      }
      byte[] head = new TiffHead(false, Samples.RGB, options, encoder, tables).bytes();
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(head);
      whole.writeBytes(tiles.toByteArray());
      Files.write(file, whole.toByteArray());
    }
  }

  private static byte[] pixels(LevelTable table, int level, long column, long row, int tile) {
    byte[] pixels = new byte[tile * tile * 3];
    for (int y = 0; y < tile; y++) {
      for (int x = 0; x < tile; x++) {
        long px = column * tile + x;
        long py = row * tile + y;
        boolean inside = px < table.width && py < table.height;
        int colour = inside ? CoordinateTiles.colour(level, px, py) : CoordinateTiles.BEYOND;
        int at = (y * tile + x) * 3;
        pixels[at] = (byte) (colour >> 16);
        pixels[at + 1] = (byte) (colour >> 8);
        pixels[at + 2] = (byte) colour;
      }
    }
    return pixels;
  }
}
