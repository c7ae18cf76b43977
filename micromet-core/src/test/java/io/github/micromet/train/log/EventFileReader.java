// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads event files by the definition of their form, sharing nothing with what writes them. */
final class EventFileReader {
  private EventFileReader() {}

  /** Fields by number: Long for varints, byte[] for the other wire forms. */
  private record Fields(Map<Integer, Object> values) {
    long number(int field) {
      return (long) values.getOrDefault(field, 0L);
    }

    byte[] bytes(int field) {
      return (byte[]) values.get(field);
    }

    boolean has(int field) {
      return values.containsKey(field);
    }

    String text(int field) {
      return new String(bytes(field), StandardCharsets.UTF_8);
    }
  }

  /** One event: "step tag=value", "step version", "step start" or "step tag=WxH n bytes". */
  static List<String> events(Path file) throws IOException {
    List<String> events = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      byte[] length = take(bytes, 8);
      assertThat(bytes.getInt()).isEqualTo(masked(length));
      byte[] data = take(bytes, Math.toIntExact(little(length).getLong()));
      assertThat(bytes.getInt()).isEqualTo(masked(data));
      events.add(words(fields(data)));
    }
    return events;
  }

  private static String words(Fields event) {
    assertThat(little(event.bytes(1)).getDouble()).isGreaterThan(1e9);
    String step = event.number(2) + " ";
    if (event.has(3)) {
      return step + event.text(3);
    }
    if (event.has(7)) {
      assertThat(fields(event.bytes(7)).number(1)).isEqualTo(1);
      return step + "start";
    }
    Fields value = fields(fields(event.bytes(5)).bytes(1));
    String tag = step + value.text(1) + "=";
    if (value.has(2)) {
      return tag + little(value.bytes(2)).getFloat();
    }
    Fields image = fields(value.bytes(4));
    assertThat(image.number(3)).isEqualTo(3);
    return "%s%dx%d %d bytes"
        .formatted(tag, image.number(2), image.number(1), image.bytes(4).length);
  }

  /** The PNG of the first image. */
  static byte[] firstImage(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      int length = Math.toIntExact(bytes.getLong());
      bytes.getInt();
      Fields event = fields(take(bytes, length));
      bytes.getInt();
      if (event.has(5)) {
        Fields value = fields(fields(event.bytes(5)).bytes(1));
        if (value.has(4)) {
          return fields(value.bytes(4)).bytes(4);
        }
      }
    }
    throw new AssertionError("no image in " + file);
  }

  private static Fields fields(byte[] message) {
    Map<Integer, Object> fields = new TreeMap<>();
    ByteBuffer bytes = little(message);
    while (bytes.hasRemaining()) {
      long tag = varint(bytes);
      Object value =
          switch ((int) (tag & 7)) {
            case 0 -> varint(bytes);
            case 1 -> take(bytes, 8);
            case 2 -> take(bytes, (int) varint(bytes));
            case 5 -> take(bytes, 4);
            default -> throw new AssertionError("wire form of tag " + tag);
          };
      assertThat(fields.put((int) (tag >>> 3), value)).isNull();
    }
    return new Fields(fields);
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static byte[] take(ByteBuffer bytes, int count) {
    byte[] taken = new byte[count];
    bytes.get(taken);
    return taken;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int masked(byte[] data) {
    int crc = crc32c(data);
    return (crc >>> 15 | crc << 17) + 0xa282ead8;
  }

  /** Castagnoli's polynomial, bit by bit. */
  static int crc32c(byte[] data) {
    int crc = -1;
    for (byte b : data) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc >>> 1 ^ (crc & 1) * 0x82f63b78;
      }
    }
    return ~crc;
  }
}
