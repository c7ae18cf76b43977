// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What has come of a file, and the mark by which its server will know that it is still the same.
 */
record PartialFile(Path part, Path mark) {
  /** Beside its target. */
  static PartialFile of(Path target) {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    return new PartialFile(part, part.resolveSibling(part.getFileName() + ".mark"));
  }

  /** Bytes that are here; 0 if none. */
  long size() {
    try {
      return Files.size(part);
    } catch (IOException e) {
      return 0;
    }
  }

  /** The server's mark (ETag or date) of what is here; empty if it gave none. */
  Optional<String> validator() throws IOException {
    return Files.exists(mark)
        ? Optional.of(Files.readString(mark, StandardCharsets.UTF_8)).filter(s -> !s.isBlank())
        : Optional.empty();
  }

  /** Opens it, locked, at its end. The caller closes it. */
  FileChannel append() throws IOException {
    FileChannel channel = locked();
    channel.position(channel.size());
    return channel;
  }

  /** Opens it, locked and emptied, under a new mark. The caller closes it. */
  FileChannel restart(String validator) throws IOException {
    FileChannel channel = locked();
    channel.truncate(0);
    // After the truncation: a crash between the two leaves an empty part, never a foreign mark.
    Files.writeString(mark, validator, StandardCharsets.UTF_8);
    return channel;
  }

  private FileChannel locked() throws IOException {
    FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Another thread of this program: said below.
    }
    channel.close();
    throw new IOException("another download is writing " + part);
  }

  void discard() throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(mark);
  }
}
