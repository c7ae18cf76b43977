// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Bytes at positions: a local file, an object in a store, a file that misbehaves in a test.
 *
 * <p>Threads: safe for many readers at once.
 */
public interface ByteSource extends AutoCloseable {
  /** The name without folders, for messages and for deciding on siblings. */
  String name();

  /** The length in bytes. */
  long size() throws IOException;

  /**
   * Fills {@code into} from its position to its limit with the bytes from {@code at} on.
   *
   * @throws java.io.EOFException if the source ends before
   */
  void read(long at, ByteBuffer into) throws IOException;

  /** Another source in the same folder. */
  Optional<ByteSource> sibling(String name) throws IOException;

  /** The local file, if it is one. */
  Optional<Path> file();

  @Override
  void close() throws IOException;

  /** A local file. */
  static ByteSource of(Path file) throws IOException {
    return new FileSource(file);
  }
}
