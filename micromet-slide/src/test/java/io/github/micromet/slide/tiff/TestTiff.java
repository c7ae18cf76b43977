// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import io.github.micromet.CoordinateTiles;
import io.github.micromet.slide.RgbImage;
import io.github.micromet.slide.codec.JpegEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/**
 * Writes small TIFFs of any layout for tests, right or wrong: the tags are set one by one, and a
 * test may set them to lies. Shares nothing with the reader under test but the tag numbers.
 */
public final class TestTiff {
  public static final int BYTE = 1;
  public static final int ASCII = 2;
  public static final int SHORT = 3;
  public static final int LONG = 4;
  public static final int RATIONAL = 5;
  public static final int UNDEFINED = 7;
  public static final int LONG8 = 16;

  /** How the tiles of a picture are stored. */
  public enum Packing {
    NONE(1),
    DEFLATE(8),
    JPEG(7);

    private final int compression;

    Packing(int compression) {
      this.compression = compression;
    }
  }

  /** The colour of a pixel, 0xRRGGBB. */
  public interface Pixels {
    int at(long x, long y);
  }

  private final ByteOrder order;
  private final boolean big;
  private final List<Directory> chain = new ArrayList<>();

  public TestTiff(ByteOrder order, boolean big) {
    this.order = order;
    this.big = big;
  }

  /** A classic little-endian file. */
  public TestTiff() {
    this(ByteOrder.LITTLE_ENDIAN, false);
  }

  /** A pyramid of coordinates as CAMELYON's are laid out. */
  public static TestTiff coordinates(
      ByteOrder order, boolean big, int width, int height, int levels, int tile) {
    TestTiff tiff = new TestTiff(order, big);
    for (int i = 0; i < levels; i++) {
      int level = i;
      Directory directory =
          tiff.add()
              .size(width >> i, height >> i)
              .tiles(tile, tile, Packing.DEFLATE, (x, y) -> CoordinateTiles.colour(level, x, y));
      if (i > 0) {
        directory.tag(254, LONG, 1);
      }
    }
    return tiff;
  }

  /** Adds a directory at the end of the chain. */
  public Directory add() {
    Directory directory = new Directory();
    chain.add(directory);
    return directory;
  }

  private record Value(int type, int count, byte[] bytes) {}

  /** One directory; every setter replaces what was there. */
  public final class Directory {
    private final TreeMap<Integer, Value> tags = new TreeMap<>();
    private final List<byte[]> stored = new ArrayList<>();
    private final List<Directory> subs = new ArrayList<>();
    private boolean tiled;
    private int width;
    private int height;

    public Directory tag(int tag, int type, long... values) {
      ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(order);
      for (long value : values) {
        switch (type) {
          case BYTE -> bytes.put((byte) value);
          case SHORT -> bytes.putShort((short) value);
          case LONG, RATIONAL -> bytes.putInt((int) value);
          default -> bytes.putLong(value);
        }
      }
      byte[] raw = new byte[bytes.position()];
      bytes.get(0, raw);
      tags.put(tag, new Value(type, type == RATIONAL ? values.length / 2 : values.length, raw));
      return this;
    }

    public Directory text(int tag, String text) {
      return raw(tag, ASCII, (text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    public Directory raw(int tag, int type, byte[] bytes) {
      tags.put(tag, new Value(type, bytes.length, bytes));
      return this;
    }

    /** 8-bit RGB of that size; tags may be changed afterwards. */
    public Directory size(int newWidth, int newHeight) {
      width = newWidth;
      height = newHeight;
      return tag(256, LONG, width)
          .tag(257, LONG, height)
          .tag(258, SHORT, 8, 8, 8)
          .tag(262, SHORT, 2)
          .tag(277, SHORT, 3);
    }

    public Directory tiles(int tileWidth, int tileHeight, Packing packing, Pixels pixels) {
      tiled = true;
      tag(322, LONG, tileWidth).tag(323, LONG, tileHeight);
      return pictures(tileWidth, tileHeight, packing, pixels);
    }

    public Directory strips(int rows, Packing packing, Pixels pixels) {
      tiled = false;
      tag(278, LONG, rows);
      return pictures(width, rows, packing, pixels);
    }

    private Directory pictures(int tileWidth, int tileHeight, Packing packing, Pixels pixels) {
      tag(259, SHORT, packing.compression);
      if (packing == Packing.JPEG) {
        tag(262, SHORT, 6);
      }
      for (int y = 0; y < height; y += tileHeight) {
        int rows = tiled ? tileHeight : Math.min(tileHeight, height - y);
        for (int x = 0; x < width; x += tileWidth) {
          RgbImage tile = new RgbImage(tileWidth, rows);
          for (int j = 0; j < rows; j++) {
            for (int i = 0; i < tileWidth; i++) {
              tile.set(i, j, pixels.at(x + i, y + j));
            }
          }
          stored.add(pack(tile, packing));
        }
      }
      return this;
    }

    /** Sets the stored bytes as they are, e.g. of other layouts. */
    public Directory stored(boolean inTiles, List<byte[]> bytes) {
      tiled = inTiles;
      stored.clear();
      stored.addAll(bytes);
      return this;
    }

    /** Replaces the bytes of one stored tile. */
    public Directory stored(int index, byte[] bytes) {
      stored.set(index, bytes);
      return this;
    }

    public byte[] stored(int index) {
      return stored.get(index);
    }

    /** A directory that tag 330 of this one points to. */
    public Directory sub() {
      Directory directory = new Directory();
      subs.add(directory);
      return directory;
    }
  }

  private static byte[] pack(RgbImage tile, Packing packing) {
    byte[] bytes = new byte[tile.width() * tile.height() * 3];
    tile.rgb().get(bytes);
    return switch (packing) {
      case NONE -> bytes;
      case DEFLATE -> deflate(bytes);
      case JPEG -> JpegEncoder.encode(tile, 90);
    };
  }

  public static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] block = new byte[4096];
    while (!deflater.finished()) {
      out.write(block, 0, deflater.deflate(block));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** The file. */
  public byte[] bytes() {
    Writing out = new Writing(order, big);
    out.bytes(order == ByteOrder.BIG_ENDIAN ? "MM" : "II");
    out.number(2, big ? 43 : 42);
    if (big) {
      out.number(2, 8);
      out.number(2, 0);
    }
    int link = out.position();
    out.pointer(0);
    for (Directory directory : chain) {
      link = write(directory, out, link);
    }
    return out.toBytes();
  }

  /** Writes tiles, values and the directory, and returns where the link to the next one goes. */
  private int write(Directory directory, Writing out, int link) {
    TreeMap<Integer, Value> tags = new TreeMap<>(directory.tags);
    Directory tables = new Directory();
    long[] offsets = new long[directory.stored.size()];
    long[] counts = new long[offsets.length];
    for (int i = 0; i < offsets.length; i++) {
      counts[i] = directory.stored.get(i).length;
      offsets[i] = counts[i] == 0 ? 0 : out.position();
      out.bytes(directory.stored.get(i));
    }
    int type = big ? LONG8 : LONG;
    tables.tag(directory.tiled ? 324 : 273, type, offsets);
    tables.tag(directory.tiled ? 325 : 279, type, counts);
    if (!directory.subs.isEmpty()) {
      long[] subs = new long[directory.subs.size()];
      for (int i = 0; i < subs.length; i++) {
        int own = out.position();
        out.pointer(0);
        int next = write(directory.subs.get(i), out, own);
        subs[i] = out.read(own);
        out.patch(next, 0);
      }
      tables.tag(330, type, subs);
    }
    tables.tags.forEach(tags::putIfAbsent);
    Map<Integer, Integer> places = new TreeMap<>();
    int inline = big ? 8 : 4;
    tags.forEach(
        (tag, value) -> {
          if (value.bytes.length > inline) {
            places.put(tag, out.position());
            out.bytes(value.bytes);
          }
        });
    out.patch(link, out.position());
    out.number(big ? 8 : 2, tags.size());
    tags.forEach(
        (tag, value) -> {
          out.number(2, tag);
          out.number(2, value.type);
          out.number(big ? 8 : 4, value.count);
          if (places.containsKey(tag)) {
            out.pointer(places.get(tag));
          } else {
            out.bytes(Arrays.copyOf(value.bytes, inline));
          }
        });
    int end = out.position();
    out.pointer(0);
    return end;
  }

  private static final class Writing {
    private final boolean big;
    private ByteBuffer buffer;

    Writing(ByteOrder order, boolean big) {
      this.big = big;
      this.buffer = ByteBuffer.allocate(1 << 16).order(order);
    }

    int position() {
      return buffer.position();
    }

    private void room(int bytes) {
      if (buffer.remaining() < bytes) {
        ByteBuffer larger =
            ByteBuffer.allocate((buffer.capacity() + bytes) * 2).order(buffer.order());
        buffer = larger.put(buffer.flip());
      }
    }

    void bytes(byte[] bytes) {
      room(bytes.length);
      buffer.put(bytes);
    }

    void bytes(String text) {
      bytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    void number(int size, long value) {
      room(8);
      switch (size) {
        case 2 -> buffer.putShort((short) value);
        case 4 -> buffer.putInt((int) value);
        default -> buffer.putLong(value);
      }
    }

    void pointer(long value) {
      number(big ? 8 : 4, value);
    }

    void patch(int at, long value) {
      if (big) {
        buffer.putLong(at, value);
      } else {
        buffer.putInt(at, (int) value);
      }
    }

    long read(int at) {
      return big ? buffer.getLong(at) : buffer.getInt(at);
    }

    byte[] toBytes() {
      byte[] bytes = new byte[buffer.position()];
      buffer.get(0, bytes);
      return bytes;
    }
  }
}
