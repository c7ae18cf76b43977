// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file in memory that misbehaves on purpose: cut short, with flipped bits, with reads that fail.
 * Its randomness is its own, so threads cannot disturb it.
 *
 * <p>Threads: safe for many readers; choose the mischief before reading.
 */
public final class HostileFile implements ByteSource {
  private final String name;
  private final byte[] content;
  private final AtomicInteger reads = new AtomicInteger();
  private int goodReads = Integer.MAX_VALUE;
  private long goneAfter = Long.MAX_VALUE;
  private volatile boolean closed;

  /** A well-behaved copy of those bytes. */
  public HostileFile(String name, byte[] content) {
    this.name = name;
    this.content = content.clone();
  }

  /** The same, but ending there; its size says so. */
  public HostileFile cut(int bytes) {
    return new HostileFile(name, Arrays.copyOf(content, Math.min(bytes, content.length)));
  }

  /** The same with that many bits flipped anywhere. */
  public HostileFile flipped(int bits, SplittableRandom random) {
    HostileFile other = new HostileFile(name, content);
    for (int i = 0; i < bits; i++) {
      other.content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return other;
  }

  /** From that many reads on, each fails as a broken disk does. */
  public HostileFile failingAfter(int good) {
    goodReads = good;
    return this;
  }

  /** Bytes from there on vanish without the size saying so: the file was cut while open. */
  public HostileFile vanishingFrom(long at) {
    goneAfter = at;
    return this;
  }

  public byte[] content() {
    return content.clone();
  }

  public boolean isClosed() {
    return closed;
  }

  public int reads() {
    return reads.get();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return content.length;
  }

  @Override
  public void read(long at, ByteBuffer into) throws IOException {
    if (closed) {
      throw new IOException(name + " is closed");
    }
    if (reads.incrementAndGet() > goodReads) {
      throw new IOException("input/output error");
    }
    if (at < 0 || at + into.remaining() > Math.min(content.length, goneAfter)) {
      throw new EOFException(name + " ends before byte " + (at + into.remaining()));
    }
    into.put(content, (int) at, into.remaining());
  }

  @Override
  public Optional<ByteSource> sibling(String other) {
    return Optional.empty();
  }

  @Override
  public Optional<Path> file() {
    return Optional.empty();
  }

  @Override
  public void close() {
    closed = true;
  }
}
