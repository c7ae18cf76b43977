// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import io.github.micromet.slide.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The directories of a TIFF, classic or BigTIFF, in either byte order. Nothing in the file can make
 * this allocate more than the file is long or run in a loop. Threads: immutable once read, but for
 * {@link #subDirectories}, which one thread calls while opening.
 */
final class TiffFile {
  /** Slides have about 15. */
  private static final int MAX_DIRECTORIES = 1024;

  private static final int MAX_ENTRIES = 512;

  private final ByteSource file;
  private final long fileBytes;
  private final ByteOrder order;
  private final boolean big;
  private final List<TiffDirectory> chain = new ArrayList<>();
  private final List<TiffDirectory> all = new ArrayList<>();
  private final Set<Long> seen = new HashSet<>();
  private Optional<String> broken = Optional.empty();

  private TiffFile(ByteSource file, long fileBytes, ByteOrder order, boolean big) {
    this.file = file;
    this.fileBytes = fileBytes;
    this.order = order;
    this.big = big;
  }

  /** Whether the file starts as a TIFF does. */
  static boolean hasMagic(ByteSource file) throws IOException {
    if (file.size() < 8) {
      return false;
    }
    ByteBuffer head = ByteBuffer.allocate(4);
    file.read(0, head);
    int word = head.getInt(0);
    return word == 0x49492a00 || word == 0x49492b00 || word == 0x4d4d002a || word == 0x4d4d002b;
  }

  /**
   * Reads the directories. If the chain breaks after its first, what was read is kept and {@link
   * #broken} says why.
   *
   * @throws TiffException if the header or the first directory is broken
   */
  static TiffFile read(ByteSource file) throws TiffException, IOException {
    long size = file.size();
    ByteBuffer head = ByteBuffer.allocate((int) Math.min(16, size));
    file.read(0, head);
    head.order(head.get(0) == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    boolean big = head.getShort(2) == 43;
    if (big && (size < 16 || head.getShort(4) != 8 || head.getShort(6) != 0)) {
      throw new TiffException("its BigTIFF header is damaged");
    }
    TiffFile tiff = new TiffFile(file, size, head.order(), big);
    long next = big ? head.getLong(8) : head.getInt(4) & 0xffffffffL;
    if (next == 0) {
      throw new TiffException("it has no directory");
    }
    tiff.follow(next);
    return tiff;
  }

  private void follow(long first) throws TiffException, IOException {
    long next = first;
    while (next != 0) {
      try {
        next = directory(next, chain);
      } catch (TiffException e) {
        if (chain.isEmpty()) {
          throw e;
        }
        broken = Optional.of(e.getMessage());
        return;
      }
    }
  }

  /** The directories in the file's own order. */
  List<TiffDirectory> directories() {
    return chain;
  }

  /** All that were read, sub-directories too. */
  List<TiffDirectory> all() {
    return all;
  }

  /** Why the chain of directories could not be read to its end. */
  Optional<String> broken() {
    return broken;
  }

  long bytes() {
    return fileBytes;
  }

  ByteSource source() {
    return file;
  }

  /** The directories that tag 330 of one points to; empty if it has none. */
  List<TiffDirectory> subDirectories(TiffDirectory of) throws TiffException, IOException {
    List<TiffDirectory> found = new ArrayList<>();
    if (of.has(Tag.SUB_IFDS)) {
      for (long at : of.numbers(Tag.SUB_IFDS, MAX_DIRECTORIES)) {
        directory(at, found);
      }
    }
    return found;
  }

  /** Reads one directory, adds it, and returns the offset of the next. */
  private long directory(long at, List<TiffDirectory> to) throws TiffException, IOException {
    int index = all.size();
    if (!seen.add(at)) {
      throw new TiffException("directory " + index + " at byte " + at + " closes a loop");
    }
    if (index >= MAX_DIRECTORIES) {
      throw new TiffException("it has more than " + MAX_DIRECTORIES + " directories");
    }
    ByteBuffer start = block(at, big ? 8 : 2, index);
    long count = big ? start.getLong(0) : start.getShort(0) & 0xffff;
    if (count < 0 || count > MAX_ENTRIES) {
      throw new TiffException(
          "directory " + index + " has " + Long.toUnsignedString(count) + " tags");
    }
    int entryBytes = big ? 20 : 12;
    long body = at + start.capacity();
    ByteBuffer block = block(body, (int) count * entryBytes + (big ? 8 : 4), index);
    SortedMap<Integer, TiffDirectory.Entry> entries = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      TiffDirectory.Entry entry = entry(block, i * entryBytes, body);
      if (bytesOf(entry.type()) > 0) { // readers skip types they do not know (TIFF 6.0, p. 16)
        entries.putIfAbsent(entry.tag(), entry);
      }
    }
    TiffDirectory read = new TiffDirectory(file, fileBytes, order, index, at, entries);
    to.add(read);
    all.add(read);
    int tail = (int) count * entryBytes;
    return big ? block.getLong(tail) : block.getInt(tail) & 0xffffffffL;
  }

  private TiffDirectory.Entry entry(ByteBuffer block, int i, long body) {
    int tag = block.getShort(i) & 0xffff;
    int type = block.getShort(i + 2) & 0xffff;
    long count = big ? block.getLong(i + 4) : block.getInt(i + 4) & 0xffffffffL;
    int field = big ? i + 12 : i + 8;
    int size = bytesOf(type);
    // A count that overflows is one that no file holds; -1 is refused when it is read.
    long bytes = count < 0 || count > Long.MAX_VALUE / 8 ? -1 : count * size;
    boolean inline = bytes >= 0 && bytes <= (big ? 8 : 4);
    long pointer = big ? block.getLong(field) : block.getInt(field) & 0xffffffffL;
    return new TiffDirectory.Entry(tag, type, count, inline ? body + field : pointer, bytes);
  }

  private ByteBuffer block(long at, int bytes, int index) throws TiffException, IOException {
    if (at < 0 || at > fileBytes - bytes) {
      throw new TiffException(
          "directory "
              + index
              + " at byte "
              + Long.toUnsignedString(at)
              + " lies beyond the end of the file ("
              + fileBytes
              + " bytes; cut short?)");
    }
    ByteBuffer block = ByteBuffer.allocate(bytes).order(order);
    file.read(at, block);
    return block.flip();
  }

  /** Bytes of one value of a type; 0 for types that are not known. */
  static int bytesOf(int type) {
    return switch (type) {
      case 1, 2, 6, 7 -> 1;
      case 3, 8 -> 2;
      case 4, 9, 11, 13 -> 4;
      case 5, 10, 12, 16, 17, 18 -> 8;
      default -> 0;
    };
  }
}
