// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.grid.Grid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;

/** A picture of which only some pixels are wanted: are they black or not. */
interface MaskPicture extends AutoCloseable {
  long width();

  long height();

  /**
   * Which of the pixels at {@code columns} x {@code rows} are not black, row-major.
   *
   * @param columns ascending, inside the picture
   * @param rows ascending, inside the picture
   */
  BitSet sample(long[] columns, long[] rows);

  @Override
  void close();

  /**
   * Opens a PNG, JPEG or TIFF by its first bytes, whatever its name.
   *
   * @param grid the cells it is for; a pyramid is read at the coarsest level that is fine enough
   * @throws MicrometException of kind INPUT if it cannot be read
   */
  static MaskPicture open(Path file, Grid grid) {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(4);
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.INPUT,
          file.toString(),
          "cannot be read (" + e.getMessage() + ")",
          "Give a PNG, JPEG or TIFF mask.",
          e);
    }
    boolean png = Arrays.equals(start, new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    boolean jpeg = start.length == 4 && start[0] == (byte) 0xff && start[1] == (byte) 0xd8;
    if (png || jpeg) {
      return MaskRaster.read(file);
    }
    return MaskPyramid.open(file, grid);
  }
}
