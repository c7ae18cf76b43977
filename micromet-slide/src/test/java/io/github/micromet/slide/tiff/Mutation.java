// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.tiff;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What can happen to a TIFF, on purpose or not. Each kind is seeded and works on the raw bytes. */
enum Mutation {
  /** Cut anywhere. */
  TRUNCATION {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      return Arrays.copyOf(file, random.nextInt(file.length));
    }
  },
  /** One to thirty bits anywhere. */
  BIT_FLIPS {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      for (int i = random.nextInt(30); i >= 0; i--) {
        file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      }
      return file;
    }
  },
  /** Bits of the directories only, where each means something. */
  DIRECTORY_FLIPS {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      List<Integer> fields = fields(file);
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = fields.get(random.nextInt(fields.size())) + random.nextInt(entryBytes(file));
        file[Math.min(at, file.length - 1)] ^= (byte) (1 << random.nextInt(8));
      }
      return file;
    }
  },
  /** Types, counts and values at the limits of what they can hold. */
  HOSTILE_TAGS {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      List<Integer> fields = fields(file);
      ByteBuffer bytes = ByteBuffer.wrap(file).order(order(file));
      for (int i = random.nextInt(3); i >= 0; i--) {
        int at = fields.get(random.nextInt(fields.size()));
        switch (random.nextInt(3)) {
          case 0 -> bytes.putShort(at + 2, (short) random.nextInt(20));
          case 1 -> put(bytes, at + 4, extreme(random));
          default -> put(bytes, at + (isBig(file) ? 12 : 8), extreme(random));
        }
      }
      return file;
    }
  },
  /** A directory that is followed by itself or by one before it, or claims to be elsewhere. */
  LOOPS {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      List<Integer> starts = directories(file);
      ByteBuffer bytes = ByteBuffer.wrap(file).order(order(file));
      int from = starts.get(random.nextInt(starts.size()));
      int to = starts.get(random.nextInt(starts.size()));
      put(bytes, link(bytes, from), random.nextInt(4) == 0 ? to + 1 : to);
      return file;
    }
  },
  /** Pictures and tiles of absurd sizes: tags 256, 257, 278, 322, 323. */
  ABSURD_SIZES {
    @Override
    byte[] apply(byte[] file, SplittableRandom random) {
      ByteBuffer bytes = ByteBuffer.wrap(file).order(order(file));
      for (int at : fields(file)) {
        int tag = bytes.getShort(at) & 0xffff;
        boolean size = tag == 256 || tag == 257 || tag == 278 || tag == 322 || tag == 323;
        if (size && random.nextInt(4) == 0) {
          long value = random.nextBoolean() ? extreme(random) : 1L << random.nextInt(32);
          put(bytes, at + (isBig(file) ? 12 : 8), value);
        }
      }
      return file;
    }
  };

  /** The damaged file; {@code file} is a copy that may be changed. */
  abstract byte[] apply(byte[] file, SplittableRandom random);

  private static long extreme(SplittableRandom random) {
    long[] limits = {
      0, 1, -1, Integer.MAX_VALUE, 0xffffffffL, Long.MAX_VALUE, Long.MIN_VALUE, 65535
    };
    return limits[random.nextInt(limits.length)];
  }

  private static boolean isBig(byte[] file) {
    return file[2] == 43 || file[3] == 43;
  }

  private static ByteOrder order(byte[] file) {
    return file[0] == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  private static int entryBytes(byte[] file) {
    return isBig(file) ? 20 : 12;
  }

  private static void put(ByteBuffer bytes, int at, long value) {
    if (isBig(bytes.array())) {
      bytes.putLong(at, value);
    } else {
      bytes.putInt(at, (int) value);
    }
  }

  private static int get(ByteBuffer bytes, int at) {
    return isBig(bytes.array()) ? (int) bytes.getLong(at) : bytes.getInt(at);
  }

  /** Where a directory's entries start. */
  private static int body(ByteBuffer bytes, int directory) {
    return directory + (isBig(bytes.array()) ? 8 : 2);
  }

  private static int entries(ByteBuffer bytes, int directory) {
    return isBig(bytes.array())
        ? (int) bytes.getLong(directory)
        : bytes.getShort(directory) & 0xffff;
  }

  /** Where a directory's link to the next is. */
  private static int link(ByteBuffer bytes, int directory) {
    return body(bytes, directory) + entries(bytes, directory) * entryBytes(bytes.array());
  }

  /** The offsets of all directories in the chain of a sound file. */
  private static List<Integer> directories(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(order(file));
    List<Integer> starts = new ArrayList<>();
    for (int at = get(bytes, isBig(file) ? 8 : 4); at != 0; at = get(bytes, link(bytes, at))) {
      starts.add(at);
    }
    return starts;
  }

  /** The offsets of all entries of those. */
  private static List<Integer> fields(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(order(file));
    List<Integer> all = new ArrayList<>();
    for (int directory : directories(file)) {
      for (int i = 0; i < entries(bytes, directory); i++) {
        all.add(body(bytes, directory) + i * entryBytes(file));
      }
    }
    return all;
  }
}
