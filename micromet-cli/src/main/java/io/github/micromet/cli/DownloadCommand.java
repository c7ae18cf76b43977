// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.store.Download;
import io.github.micromet.net.store.PublishedModel;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "download",
    description = {
      "Fetch the published model's files.",
      "Each file's hash is checked; a download that broke off goes on where it stopped."
    })
final class DownloadCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long MEGABYTE = 1_000_000;

  @Option(
      names = "--from",
      paramLabel = "PLACE",
      description =
          "A mirror: a folder, or an http(s) address that holds the files (default: the"
              + " publisher).")
  private Optional<String> from;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to put them (default: the cache, where detect looks).")
  private Optional<Path> out;

  private final Console console;

  DownloadCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path folder = out.orElseGet(() -> Caches.published(console.environment()));
    Download download = new Download(source(), folder, listener(), PATIENCE);
    for (PublishedModel.File file : PublishedModel.FILES) {
      console.out().println(download.fetch(file));
    }
    return 0;
  }

  private Download.Source source() {
    if (from.isEmpty()) {
      return new Download.Source.Published();
    }
    String place = from.get();
    if (!place.startsWith("http://") && !place.startsWith("https://")) {
      return new Download.Source.Mirror(Path.of(place));
    }
    try {
      return new Download.Source.Web(URI.create(place));
    } catch (IllegalArgumentException e) {
      throw new MicrometException(
          ErrorKind.USAGE, "--from " + place, "is no address", "Give a folder or a URL.", e);
    }
  }

  /** Draws megabytes. */
  private Download.Listener listener() {
    TerminalProgress progress =
        new TerminalProgress(console.err(), console.terminal(), System::nanoTime);
    return new Download.Listener() {
      private String file = "";
      private long drawn;

      @Override
      public synchronized void progress(String path, long done, OptionalLong total) {
        if (!path.equals(file)) {
          file = path;
          drawn = 0;
          progress.begin(path + " (MB)", total.orElse(0) / MEGABYTE);
        }
        progress.advance(done / MEGABYTE - drawn);
        drawn = done / MEGABYTE;
        if (total.isPresent() && done == total.getAsLong()) {
          progress.end();
        }
      }
    };
  }
}
