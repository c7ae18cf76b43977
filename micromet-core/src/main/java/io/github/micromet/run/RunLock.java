// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * One run a folder: a second one would overwrite the first one's {@code run.json} and {@code
 * summary.csv}. The system gives the lock back when the process ends, however it ends; the hidden
 * file stays.
 */
public final class RunLock implements AutoCloseable {
  /** A hidden file of the folder. */
  public static final String NAME = ".micromet.lock";

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock. Where the file system has none, the folder is used without.
   *
   * @throws MicrometException of kind USAGE if another run has it
   */
  public static RunLock of(Path folder) {
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          folder.toString(),
          "cannot be written to (" + e.getMessage() + ")",
          "Choose a folder that can be written to.",
          e);
    }
    try {
      Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
      if (lock.isPresent()) {
        return new RunLock(channel);
      }
    } catch (OverlappingFileLockException thisProcess) {
      // The same answer as for another process's.
    } catch (IOException noLocksHere) {
      return new RunLock(channel);
    }
    close(channel);
    throw new MicrometException(
        ErrorKind.USAGE,
        folder.toString(),
        "another run is writing into it",
        "Wait for it, or give this run a folder of its own.");
  }

  @Override
  public void close() {
    close(channel);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException ignored) {
      // Nothing was written through it.
    }
  }
}
