// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.map;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import io.github.micromet.grid.Grid;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A probability map as numpy's .npy, version 1.0: rows x columns, little-endian float64, C order;
 * byte for byte what {@code numpy.save} writes, so what MONAI's ProbMapProducer writes.
 *
 * <p>Threads: stateless.
 */
public final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;
  private static final Pattern SHAPE = Pattern.compile("'shape': \\((\\d+), (\\d+)\\)");

  private NpyFile() {}

  /**
   * A map read from a file that says nothing of its cells' size.
   *
   * @param values rows x columns float64, row-major
   */
  public record Content(int rows, int columns, double[] values) {
    /** The map on a grid of the same shape. */
    public ProbabilityMap on(Grid grid) {
      if (grid.rows() != rows || grid.columns() != columns) {
        throw new IllegalArgumentException(
            rows + " x " + columns + " values for " + grid.rows() + " x " + grid.columns());
      }
      return new ProbabilityMap(grid, values);
    }
  }

  /**
   * Writes the whole map or nothing, replacing a file of that name.
   *
   * @throws MicrometException of kind RESOURCE if it cannot be written
   */
  public static void write(ProbabilityMap map, Path file) {
    AtomicFiles.write(file, out -> write(map, out));
  }

  private static void write(ProbabilityMap map, OutputStream out) throws IOException {
    Grid grid = map.grid();
    out.write(header(grid.rows(), grid.columns()));
    ByteBuffer line =
        ByteBuffer.allocate(grid.columns() * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < grid.rows(); row++) {
      line.clear();
      for (int column = 0; column < grid.columns(); column++) {
        line.putDouble(map.at(row, column));
      }
      out.write(line.array());
    }
  }

  private static byte[] header(int rows, int columns) {
    String words =
        "{'descr': '<f8', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
    int unpadded = MAGIC.length + 2 + words.length() + 1;
    int length = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).putShort((short) (length - MAGIC.length - 2));
    header.put(words.getBytes(StandardCharsets.US_ASCII));
    Arrays.fill(header.array(), header.position(), length - 1, (byte) ' ');
    header.array()[length - 1] = '\n';
    return header.array();
  }

  /**
   * Reads a map that this class or {@code numpy.save} wrote.
   *
   * @throws MicrometException of kind INPUT if it cannot be read, or is not two-dimensional float64
   *     in C order, or has another length than its shape says
   */
  public static Content read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.INPUT,
          file.toString(),
          "cannot be read (" + e.getMessage() + ")",
          "Give a probability map as .npy.",
          e);
    }
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < MAGIC.length + 2
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw refused(file, "is not a numpy array of version 1.0");
    }
    int headerLength = data.getShort(MAGIC.length) & 0xffff;
    int start = MAGIC.length + 2 + headerLength;
    if (start > bytes.length) {
      throw refused(file, "ends in its header (file truncated?)");
    }
    String header =
        new String(bytes, MAGIC.length + 2, headerLength, StandardCharsets.US_ASCII).strip();
    Matcher shape = SHAPE.matcher(header);
    boolean plain = header.contains("'<f8'") && header.contains("'fortran_order': False");
    if (!plain || !shape.find()) {
      throw refused(file, "is not rows x columns float64 in C order, but " + header);
    }
    return content(file, shape, data.position(start).slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  private static Content content(Path file, Matcher shape, ByteBuffer data) {
    long rows = Long.parseLong(shape.group(1));
    long columns = Long.parseLong(shape.group(2));
    if (rows <= 0 || columns <= 0 || rows > data.remaining() || columns > data.remaining()) {
      throw refused(file, "says it is " + rows + " x " + columns + ", which it cannot hold");
    }
    long expected = rows * columns * Double.BYTES;
    if (data.remaining() != expected) {
      throw refused(
          file,
          "holds "
              + data.remaining()
              + " bytes of values, but "
              + rows
              + " x "
              + columns
              + " need "
              + expected
              + (data.remaining() < expected ? " (file truncated?)" : ""));
    }
    double[] values = new double[(int) (rows * columns)];
    data.asDoubleBuffer().get(values);
    return new Content((int) rows, (int) columns, values);
  }

  private static MicrometException refused(Path file, String problem) {
    return new MicrometException(
        ErrorKind.INPUT,
        file.toString(),
        problem,
        "Give a map that Micromet or MONAI's ProbMapProducer wrote.");
  }
}
