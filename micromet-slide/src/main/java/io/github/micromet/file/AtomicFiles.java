// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.file;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes whole files: the bytes go to a hidden file beside the target, are forced to the disk, and
 * take the target's name in one step. Whoever looks sees the old file, the new one or none, never
 * half of one.
 *
 * <p>Threads: stateless; two writers of one target at once leave the file of the last.
 */
public final class AtomicFiles {
  /** Ends the name of a file that is not finished yet; it begins with a dot. */
  public static final String UNFINISHED = ".part";

  private static final int BUFFER_BYTES = 1 << 16;

  private AtomicFiles() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the stream is buffered, and closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes {@code target}, replacing a file of that name. When {@code content} fails, an older file
   * stays as it was and nothing else remains.
   *
   * @throws MicrometException of kind RESOURCE if the file cannot be written, naming it
   */
  public static void write(Path target, Content content) {
    Path aside = aside(target);
    try {
      try (FileChannel channel =
              FileChannel.open(
                  aside,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE);
          OutputStream out =
              new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES)) {
        content.writeTo(out);
        out.flush();
        // Without this a power cut may leave the new name on an empty file.
        channel.force(true);
      }
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure(target, e);
    } finally {
      discard(aside);
    }
  }

  /** As {@link #write(Path, Content)}, for text in UTF-8. */
  public static void write(Path target, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(target, out -> out.write(bytes));
  }

  /** True for the name of a file that some writer has not finished, or never will. */
  public static boolean isUnfinished(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") && name.endsWith(UNFINISHED);
  }

  private static Path aside(Path target) {
    // Not Files.createTempFile: its files can be read by their owner only, and keep that mode.
    String writer = ProcessHandle.current().pid() + "-" + Thread.currentThread().getId();
    return target.resolveSibling("." + target.getFileName() + "." + writer + UNFINISHED);
  }

  private static void discard(Path aside) {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException ignored) {
      // After a rename there is nothing to delete; after a failure, that failure says more.
    }
  }

  private static MicrometException failure(Path target, IOException e) {
    return new MicrometException(
        ErrorKind.RESOURCE,
        target.toString(),
        "cannot be written (" + reason(e) + ")",
        "Make room, or choose a folder that can be written to.",
        e);
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "its folder does not exist";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
