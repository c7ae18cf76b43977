// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Pickles and archives that PyTorch would never write. */
final class PickleBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PickleBytes() {
    raw(0x80, 2);
  }

  PickleBytes raw(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  PickleBytes text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    raw('X').int32(utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  PickleBytes global(String module, String name) {
    raw('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  PickleBytes int32(int value) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    return this;
  }

  PickleBytes number(int value) {
    return raw('J').int32(value);
  }

  /** A tensor of one axis over storage {@code key}, whose size the pickle claims. */
  PickleBytes tensor(String key, int claimed, int offset, int size, int stride) {
    global("torch._utils", "_rebuild_tensor_v2").raw('(', '(').text("storage");
    global("torch", "FloatStorage").text(key).text("cpu").number(claimed).raw('t', 'Q');
    number(offset).raw('(').number(size).raw('t', '(').number(stride).raw('t', 0x89);
    return global("collections", "OrderedDict").raw(')', 'R', 't', 'R');
  }

  byte[] end() {
    return raw('.').out.toByteArray();
  }

  /** An archive as torch.save lays it out, with storage 0 of eight bytes. */
  static Path archive(Path file, byte[] pickle) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("x/data.pkl", pickle);
    entries.put("x/data/0", new byte[8]);
    return stored(file, entries);
  }

  static Path stored(Path file, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(each.getKey());
        CRC32 crc = new CRC32();
        crc.update(each.getValue());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(each.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(each.getValue());
      }
    }
    return file;
  }
}
