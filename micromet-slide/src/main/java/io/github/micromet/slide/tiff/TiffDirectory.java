// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import io.github.micromet.slide.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * One directory: its tags, whose values are read when asked for and only if they lie inside the
 * file. Threads: immutable.
 */
final class TiffDirectory {
  /** More tiles than any scanner writes: 16 million are 2^42 pixels at 512. */
  private static final int MAX_NUMBERS = 1 << 24;

  /** OME-XML of a slide with many annotations is a few megabytes. */
  private static final int MAX_TEXT_BYTES = 16 << 20;

  /**
   * One tag.
   *
   * @param type of its values, TIFF's number
   * @param count of values
   * @param at offset in the file of the values
   * @param bytes of all values
   */
  record Entry(int tag, int type, long count, long at, long bytes) {}

  private final ByteSource file;
  private final long fileBytes;
  private final ByteOrder order;
  private final int index;
  private final long offset;
  private final SortedMap<Integer, Entry> entries;

  TiffDirectory(
      ByteSource file,
      long fileBytes,
      ByteOrder order,
      int index,
      long offset,
      SortedMap<Integer, Entry> entries) {
    this.file = file;
    this.fileBytes = fileBytes;
    this.order = order;
    this.index = index;
    this.offset = offset;
    this.entries = entries;
  }

  /** For messages: in order of reading. */
  int index() {
    return index;
  }

  long offset() {
    return offset;
  }

  Collection<Entry> entries() {
    return entries.values();
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /** The first value of a whole-numbered tag, or the given one where the tag is absent. */
  long number(int tag, long absent) throws TiffException, IOException {
    if (!has(tag)) {
      return absent;
    }
    long[] values = numbers(tag, 1);
    if (values.length == 0) {
      throw wrong(tag, "is empty");
    }
    return values[0];
  }

  /**
   * The values of a whole-numbered tag.
   *
   * @param most read no more than that many
   * @throws TiffException if it is absent, of another type, or outside the file
   */
  long[] numbers(int tag, long most) throws TiffException, IOException {
    Entry entry = entries.get(tag);
    if (entry == null) {
      throw wrong(tag, "is missing");
    }
    long count = Math.min(entry.count(), most);
    if (count > MAX_NUMBERS) {
      throw wrong(tag, "has " + count + " values");
    }
    int size = TiffFile.bytesOf(entry.type());
    ByteBuffer raw = raw(entry, count * size);
    long[] values = new long[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (entry.type()) {
            case 1 -> raw.get(i) & 0xff;
            case 3 -> raw.getShort(i * 2) & 0xffff;
            case 4, 13 -> raw.getInt(i * 4) & 0xffffffffL;
            case 16, 18 -> raw.getLong(i * 8);
            default -> throw wrong(tag, "is of type " + entry.type() + ", not a whole number");
          };
      if (values[i] < 0) {
        throw wrong(tag, "holds " + Long.toUnsignedString(values[i]));
      }
    }
    return values;
  }

  /** A rational or floating-point tag; empty where it is absent, of another type or 0/0. */
  OptionalDouble real(int tag) throws TiffException, IOException {
    Entry entry = entries.get(tag);
    if (entry == null || entry.count() < 1) {
      return OptionalDouble.empty();
    }
    ByteBuffer raw = raw(entry, TiffFile.bytesOf(entry.type()));
    double value =
        switch (entry.type()) {
          case 5 -> (double) (raw.getInt(0) & 0xffffffffL) / (raw.getInt(4) & 0xffffffffL);
          case 11 -> raw.getFloat(0);
          case 12 -> raw.getDouble(0);
          default -> Double.NaN;
        };
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** A text up to its first NUL; empty where the tag is absent. */
  String text(int tag) throws TiffException, IOException {
    Entry entry = entries.get(tag);
    if (entry == null || TiffFile.bytesOf(entry.type()) != 1) {
      return "";
    }
    byte[] raw = bytes(tag, MAX_TEXT_BYTES);
    int end = 0;
    while (end < raw.length && raw[end] != 0) {
      end++;
    }
    return new String(raw, 0, end, StandardCharsets.UTF_8);
  }

  /** The raw bytes of a tag, at most that many; empty where it is absent. */
  byte[] bytes(int tag, int most) throws TiffException, IOException {
    Entry entry = entries.get(tag);
    if (entry == null) {
      return new byte[0];
    }
    return raw(entry, Math.min(entry.bytes(), most)).array();
  }

  private ByteBuffer raw(Entry entry, long bytes) throws TiffException, IOException {
    return raw(entry, 0, bytes);
  }

  /** Some bytes of an entry's values, in the file's byte order, position 0. */
  ByteBuffer raw(Entry entry, long from, long bytes) throws TiffException, IOException {
    if (entry.bytes() < 0 || entry.at() < 0 || entry.at() > fileBytes - entry.bytes()) {
      throw wrong(
          entry.tag(),
          "lies beyond the end of the file ("
              + entry.count()
              + " values at byte "
              + Long.toUnsignedString(entry.at())
              + " of "
              + fileBytes
              + ")");
    }
    ByteBuffer raw = ByteBuffer.allocate(Math.toIntExact(bytes)).order(order);
    file.read(entry.at() + from, raw);
    return raw.flip();
  }

  TiffException wrong(int tag, String how) {
    return new TiffException("tag " + tag + " of directory " + index + " " + how);
  }
}
