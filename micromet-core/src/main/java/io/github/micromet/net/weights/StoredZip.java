// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A zip archive as PyTorch writes it: entries uncompressed, each one's bytes at a multiple of 64,
 * padded by an extra field named FB. No times, so equal content is equal bytes. Up to 4 GiB.
 */
final class StoredZip {
  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int CENTRAL_HEADER = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final short UTF8_NAMES = 1 << 11;
  private static final short DAY_ONE = 0x21; // 1 January 1980, the first that zip can say
  private static final int ALIGNMENT = 64;
  private static final short PADDING = 'F' | 'B' << 8;
  private static final int PADDING_HEADER = 4;

  private record Entry(byte[] name, int crc, int bytes, long at) {}

  private final OutputStream out;
  private final List<Entry> entries = new ArrayList<>();
  private long written;

  StoredZip(OutputStream out) {
    this.out = out;
  }

  void add(String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    Entry entry = new Entry(text, (int) crc.getValue(), content.length, written);
    entries.add(entry);
    long unpadded = written + LOCAL_BYTES + text.length + PADDING_HEADER;
    int padding = (int) (-unpadded & ALIGNMENT - 1);
    ByteBuffer header = buffer(LOCAL_BYTES + text.length + PADDING_HEADER + padding);
    header.putInt(LOCAL_HEADER);
    common(header, entry).putShort((short) (PADDING_HEADER + padding));
    header.put(text).putShort(PADDING).putShort((short) padding);
    write(header.array());
    write(content);
  }

  /** Writes the directory; the stream stays open. */
  void finish() throws IOException {
    long start = written;
    for (Entry entry : entries) {
      ByteBuffer header = buffer(CENTRAL_BYTES + entry.name().length);
      header.putInt(CENTRAL_HEADER).putShort((short) 0);
      common(header, entry).putShort((short) 0); // no extra field
      header.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
      header.putInt(unsigned(entry.at())).put(entry.name());
      write(header.array());
    }
    long bytes = written - start;
    ByteBuffer end = buffer(END_BYTES).putInt(END).putInt(0);
    end.putShort((short) entries.size()).putShort((short) entries.size());
    write(end.putInt(unsigned(bytes)).putInt(unsigned(start)).array());
  }

  /** Version needed to the length of the name: the same in both headers. */
  private static ByteBuffer common(ByteBuffer header, Entry entry) {
    header.putShort((short) 20).putShort(UTF8_NAMES);
    header.putShort((short) 0).putShort((short) 0).putShort(DAY_ONE); // stored; midnight
    header.putInt(entry.crc()).putInt(entry.bytes()).putInt(entry.bytes());
    return header.putShort((short) entry.name().length);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int unsigned(long value) {
    if (value >>> 32 != 0) {
      throw new IllegalArgumentException("more than 4 GiB in one checkpoint");
    }
    return (int) value;
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    written += bytes.length;
  }
}
