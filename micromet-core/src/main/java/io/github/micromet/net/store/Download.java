// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.store;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Brings published files into a folder. Nothing is connected to before {@link #fetch}, and nothing
 * at all for a file that is already there.
 *
 * <p>A file appears under its name only when it is whole and its hash is right; what came so far
 * lies beside it as {@code NAME.part} and is continued by the next try.
 */
public final class Download {
  /** Connections lost on the way to one file before the person is asked. */
  private static final int TRIES = 3;

  private final Source source;
  private final Path folder;
  private final Listener listener;
  private final Duration patience;

  /**
   * @param folder where the files go, each under its path in the bundle
   * @param patience how long a server may send nothing
   */
  public Download(Source source, Path folder, Listener listener, Duration patience) {
    this.source = Objects.requireNonNull(source);
    this.folder = Objects.requireNonNull(folder);
    this.listener = Objects.requireNonNull(listener);
    this.patience = Objects.requireNonNull(patience);
  }

  /** Where files come from. */
  public sealed interface Source {
    /** The addresses under which they are published. */
    record Published() implements Source {}

    /** {@code base/PATH}, PATH as in the bundle. */
    record Web(URI base) implements Source {}

    /** A folder that holds them under their path in the bundle or under their published name. */
    record Mirror(Path folder) implements Source {}
  }

  /** Hears how far a file is; called often, from any thread. */
  public interface Listener {
    Listener NONE = (path, done, total) -> {};

    /**
     * @param path of the file in the bundle
     * @param done bytes that are here
     * @param total bytes of the whole; empty if the server does not say
     */
    void progress(String path, long done, OptionalLong total);
  }

  /**
   * The file, its hash checked; fetched unless it is already there.
   *
   * @throws MicrometException of kind RESOURCE if it cannot be had, or if what came is not the
   *     published file; nothing is left under its name then
   */
  public Path fetch(PublishedModel.File file) {
    Path target = folder.resolve(file.path());
    PartialFile partial = PartialFile.of(target);
    try {
      if (Files.isRegularFile(target) && md5(target).equals(file.md5())) {
        return target;
      }
      Files.createDirectories(target.toAbsolutePath().getParent());
      String from = bring(file, partial);
      String found = md5(partial.part());
      if (!found.equals(file.md5())) {
        partial.discard();
        throw failed(
            from,
            "has MD5 " + found + ", not " + file.md5() + "; it was removed",
            "This is not the published file: try again, or name another mirror.",
            null);
      }
      Files.move(
          partial.part(),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      partial.discard();
      return target;
    } catch (IOException e) {
      throw failed(
          target.toString(),
          "cannot be written (" + reason(e) + ")",
          folder + " must be a writable folder with room for the files.",
          e);
    }
  }

  /** Fills the partial file and says from where. */
  private String bring(PublishedModel.File file, PartialFile partial) throws IOException {
    if (source instanceof Source.Mirror mirror) {
      Path original = find(mirror.folder(), file);
      Files.copy(original, partial.part(), StandardCopyOption.REPLACE_EXISTING);
      listener.progress(file.path(), partial.size(), OptionalLong.of(partial.size()));
      return original.toString();
    }
    URI address = address(file);
    transfer(address, partial, file.path());
    return address.toString();
  }

  private URI address(PublishedModel.File file) {
    if (source instanceof Source.Web web) {
      String base = web.base().toString();
      return URI.create(base.endsWith("/") ? base + file.path() : base + "/" + file.path());
    }
    return file.url();
  }

  private static Path find(Path mirror, PublishedModel.File file) {
    String published = file.url().getPath();
    Path byPath = mirror.resolve(file.path());
    Path byName = mirror.resolve(published.substring(published.lastIndexOf('/') + 1));
    if (Files.isRegularFile(byPath)) {
      return byPath;
    }
    if (Files.isRegularFile(byName)) {
      return byName;
    }
    throw failed(
        mirror.toString(),
        "holds neither " + file.path() + " nor " + byName.getFileName(),
        "Name a folder that holds a copy of " + file.url(),
        null);
  }

  private void transfer(URI address, PartialFile partial, String path) {
    HttpTransfer transfer = new HttpTransfer(address, partial, patience);
    for (int attempt = 1; ; attempt++) {
      try {
        transfer.run((done, total) -> listener.progress(path, done, total));
        return;
      } catch (HttpTransfer.StatusException e) {
        throw failed(
            address.toString(),
            "the server answered " + e.status(),
            "Try later, or name a mirror that has " + path + ".",
            e);
      } catch (IOException e) {
        if (attempt == TRIES) {
          throw failed(
              address.toString(),
              "failed "
                  + TRIES
                  + " times ("
                  + reason(e)
                  + "); "
                  + partial.size()
                  + " bytes are here",
              "Run it again to go on from there, or name a local mirror.",
              e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failed(address.toString(), "was interrupted", "Run it again to go on from there.", e);
      }
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String md5(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("MD5"))) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  private static MicrometException failed(
      String subject, String problem, String remedy, Throwable cause) {
    return new MicrometException(ErrorKind.RESOURCE, subject, problem, remedy, cause);
  }
}
