// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Positional reads of one local file.
 *
 * <p>Threads: safe for many. A FileChannel closes for all threads when one is interrupted in a
 * read, so it is opened again for the others; the interrupted thread sees the exception.
 */
final class FileSource implements ByteSource {
  private final Path file;
  private FileChannel channel; // guarded by this
  private boolean closed; // guarded by this

  FileSource(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  @Override
  public String name() {
    return file.getFileName().toString();
  }

  @Override
  public long size() throws IOException {
    return channel().size();
  }

  @Override
  public void read(long at, ByteBuffer into) throws IOException {
    long position = at;
    while (into.hasRemaining()) {
      FileChannel open = channel();
      int n;
      try {
        n = open.read(into, position);
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (ClosedChannelException e) {
        continue; // closed by another thread's interrupt, or by close(): channel() knows
      }
      if (n < 0) {
        throw new EOFException(name() + " ends at byte " + size() + ", asked for byte " + position);
      }
      position += n;
    }
  }

  private synchronized FileChannel channel() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (!channel.isOpen()) {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    }
    return channel;
  }

  @Override
  public Optional<ByteSource> sibling(String name) throws IOException {
    Path other = file.resolveSibling(name);
    return Files.isRegularFile(other) ? Optional.of(new FileSource(other)) : Optional.empty();
  }

  @Override
  public Optional<Path> file() {
    return Optional.of(file);
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }
}
