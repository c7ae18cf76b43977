// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.write;

import io.github.micromet.slide.Mpp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The header and directories of a TIFF, little-endian, that stand before its tiles. Tags and types
 * by TIFF 6.0 and the BigTIFF proposal.
 */
final class TiffHead {
  private static final int ASCII = 2;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int RATIONAL = 5;
  private static final int LONG8 = 16;

  private final boolean big;
  private final Samples samples;
  private final PyramidOptions options;
  private final TileEncoder encoder;
  private final List<LevelTable> levels;

  /** A field's values; rationals are two values each. */
  private record Field(int tag, int type, long... values) {
    int count() {
      return type == RATIONAL ? values.length / 2 : values.length;
    }

    int bytes() {
      return values.length * width();
    }

    int width() {
      return switch (type) {
        case ASCII -> 1;
        case SHORT -> 2;
        case LONG8 -> 8;
        default -> 4;
      };
    }
  }

  TiffHead(
      boolean big,
      Samples samples,
      PyramidOptions options,
      TileEncoder encoder,
      List<LevelTable> levels) {
    this.big = big;
    this.samples = samples;
    this.options = options;
    this.encoder = encoder;
    this.levels = levels;
  }

  /** Bytes before the first tile; does not depend on where tiles are. */
  int length() {
    int length = big ? 16 : 8;
    for (int level = 0; level < levels.size(); level++) {
      length += directoryBytes(fields(level, 0));
    }
    return length;
  }

  private int directoryBytes(List<Field> fields) {
    int bytes = (big ? 8 : 2) + fields.size() * (big ? 20 : 12) + (big ? 8 : 4);
    for (Field field : fields) {
      bytes += outside(field);
    }
    return even(bytes);
  }

  private int outside(Field field) {
    return field.bytes() > (big ? 8 : 4) ? even(field.bytes()) : 0;
  }

  private static int even(int n) {
    return n + (n & 1);
  }

  byte[] bytes() {
    int length = length();
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'I').put((byte) 'I');
    if (big) {
      out.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(16);
    } else {
      out.putShort((short) 42).putInt(8);
    }
    for (int level = 0; level < levels.size(); level++) {
      directory(out, fields(level, length), level == levels.size() - 1);
    }
    return out.array();
  }

  private void directory(ByteBuffer out, List<Field> fields, boolean last) {
    int start = out.position();
    int next = start + directoryBytes(fields);
    int values = start + (big ? 8 : 2) + fields.size() * (big ? 20 : 12) + (big ? 8 : 4);
    word(out, fields.size(), big ? 8 : 2);
    for (Field field : fields) {
      out.putShort((short) field.tag).putShort((short) field.type);
      word(out, field.count(), big ? 8 : 4);
      int inline = out.position();
      if (outside(field) == 0) {
        put(out, field);
      } else {
        word(out, values, big ? 8 : 4);
        out.position(values);
        put(out, field);
        values += outside(field);
      }
      out.position(inline + (big ? 8 : 4));
    }
    word(out, last ? 0 : next, big ? 8 : 4);
    out.position(next);
  }

  private static void put(ByteBuffer out, Field field) {
    for (long value : field.values) {
      word(out, value, field.width());
    }
  }

  private static void word(ByteBuffer out, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.put((byte) (value >>> 8 * i));
    }
  }

  private List<Field> fields(int level, long tilesFrom) {
    LevelTable table = levels.get(level);
    boolean rgb = samples == Samples.RGB;
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(254, LONG, level == 0 ? 0 : 1)); // reduced
    fields.add(new Field(256, LONG, table.width));
    fields.add(new Field(257, LONG, table.height));
    fields.add(rgb ? new Field(258, SHORT, 8, 8, 8) : new Field(258, SHORT, 8));
    fields.add(new Field(259, SHORT, encoder.tag()));
    fields.add(new Field(262, SHORT, encoder.isJpeg() ? 6 : rgb ? 2 : 1)); // YCbCr, RGB, grey
    if (level == 0 && !options.description().isEmpty()) {
      fields.add(text(270, options.description()));
    }
    fields.add(new Field(277, SHORT, samples.channels));
    options.mpp().ifPresent(mpp -> resolution(fields, mpp, level));
    fields.add(new Field(284, SHORT, 1));
    if (options.mpp().isPresent()) {
      fields.add(new Field(296, SHORT, 3)); // centimetres
    }
    fields.add(new Field(322, LONG, options.tile()));
    fields.add(new Field(323, LONG, options.tile()));
    int offset = big ? LONG8 : LONG;
    fields.add(new Field(324, offset, LongStream.of(table.at).map(a -> a + tilesFrom).toArray()));
    fields.add(new Field(325, offset, table.bytes));
    if (encoder.isJpeg()) {
      fields.add(new Field(530, SHORT, 2, 2)); // chroma halved in both axes
      fields.add(new Field(532, RATIONAL, 0, 1, 255, 1, 128, 1, 255, 1, 128, 1, 255, 1));
    }
    return fields;
  }

  /** Pixels per centimetre of this level, per axis. */
  private void resolution(List<Field> fields, Mpp mpp, int level) {
    LevelTable table = levels.get(level);
    LevelTable base = levels.get(0);
    fields.add(perCentimetre(282, mpp.x() * base.width / table.width));
    fields.add(perCentimetre(283, mpp.y() * base.height / table.height));
  }

  private static Field perCentimetre(int tag, double micronsPerPixel) {
    // 10,000 / mpp as a ratio of 32-bit numbers: five decimals of mpp, none once it is absurd.
    long scale = micronsPerPixel < 4000 ? 100_000 : 1;
    long denominator = Math.max(1, Math.round(micronsPerPixel * scale));
    return new Field(tag, RATIONAL, 10_000 * scale, denominator);
  }

  private static Field text(int tag, String text) {
    byte[] bytes = (text + "\0").getBytes(StandardCharsets.US_ASCII);
    long[] values = new long[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i];
    }
    return new Field(tag, ASCII, values);
  }
}
