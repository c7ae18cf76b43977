// SPDX-License-Identifier: Apache-2.0
package io.github.micromet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that the reference implementations wrote ({@code conformance/golden}), and a reader of
 * their numpy arrays: little-endian float64, float32, int64, int32 and uint8 in C order.
 */
public final class Golden {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern DTYPE = Pattern.compile("'descr': *'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([^)]*)\\)");

  private Golden() {}

  /** The folder that holds the whole project. */
  public static Path root() {
    String given = System.getProperty("micromet.root");
    if (given != null) {
      return Path.of(given);
    }
    Path start = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("rooms.txt"))) {
        return at;
      }
    }
    throw new IllegalStateException("no folder above " + start + " holds rooms.txt");
  }

  /**
   * The golden file {@code TOPIC/NAME}; ends the calling test as {@link TestData} does if it is not
   * there.
   */
  public static Path file(String name) {
    Path file = root().resolve("conformance/golden").resolve(name);
    if (!Files.exists(file)) {
      TestData.absent("golden file " + name + " is not here: conformance/regenerate.sh writes it");
    }
    return file;
  }

  /** The array's lengths, outermost axis first; empty for a scalar. */
  public static int[] shape(Path npy) {
    return read(npy).shape();
  }

  /** A float64 or float32 array, flat in C order. */
  public static double[] doubles(Path npy) {
    Array array = read(npy);
    double[] values = new double[array.length()];
    ByteBuffer data = array.data();
    switch (array.dtype()) {
      case "<f8" -> Arrays.setAll(values, i -> data.getDouble(i * 8));
      case "<f4" -> Arrays.setAll(values, i -> data.getFloat(i * 4));
      default -> throw new IllegalArgumentException(npy + " holds " + array.dtype());
    }
    return values;
  }

  /** An int64, int32 or uint8 array, flat in C order. */
  public static long[] longs(Path npy) {
    Array array = read(npy);
    long[] values = new long[array.length()];
    ByteBuffer data = array.data();
    switch (array.dtype()) {
      case "<i8" -> Arrays.setAll(values, i -> data.getLong(i * 8));
      case "<i4" -> Arrays.setAll(values, i -> data.getInt(i * 4));
      case "|u1" -> Arrays.setAll(values, i -> data.get(i) & 0xff);
      default -> throw new IllegalArgumentException(npy + " holds " + array.dtype());
    }
    return values;
  }

  /** A uint8 or bool array, flat in C order. */
  public static byte[] bytes(Path npy) {
    Array array = read(npy);
    if (!array.dtype().equals("|u1") && !array.dtype().equals("|b1")) {
      throw new IllegalArgumentException(npy + " holds " + array.dtype());
    }
    byte[] values = new byte[array.length()];
    array.data().get(0, values);
    return values;
  }

  /** data: little-endian, from position 0, C order. */
  private record Array(String dtype, int[] shape, ByteBuffer data) {
    int length() {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
  }

  private static Array read(Path npy) {
    ByteBuffer file;
    try {
      file = ByteBuffer.wrap(Files.readAllBytes(npy)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] magic = new byte[MAGIC.length];
    file.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IllegalArgumentException(npy + " is not a numpy array");
    }
    int version = file.get();
    file.get();
    byte[] header = new byte[version == 1 ? file.getShort() & 0xffff : file.getInt()];
    file.get(header);
    String words = new String(header, StandardCharsets.US_ASCII);
    if (find(ORDER, words, npy).equals("True")) {
      throw new IllegalArgumentException(npy + " is in Fortran order");
    }
    int[] shape =
        Arrays.stream(find(SHAPE, words, npy).split(",", -1))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    return new Array(find(DTYPE, words, npy), shape, file.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  private static String find(Pattern what, String header, Path npy) {
    Matcher found = what.matcher(header);
    if (!found.find()) {
      throw new IllegalArgumentException(npy + ": the header lacks " + what + ": " + header);
    }
    return found.group(1);
  }
}
