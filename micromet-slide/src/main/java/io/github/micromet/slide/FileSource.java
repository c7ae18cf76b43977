// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Positional reads of one local file. Threads: safe for many. */
final class FileSource implements ByteSource {
  private final Path file;
  private final FileChannel channel;

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
    return channel.size();
  }

  @Override
  public void read(long at, ByteBuffer into) throws IOException {
    long position = at;
    while (into.hasRemaining()) {
      int n = channel.read(into, position);
      if (n < 0) {
        throw new EOFException(
            name() + " ends at byte " + channel.size() + ", asked for byte " + position);
      }
      position += n;
    }
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
  public void close() throws IOException {
    channel.close();
  }
}
