// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.openslide;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The libopenslide of this machine, or why there is none. Whether it loads is a value, found once
 * and kept; its absence throws nothing.
 *
 * <p>Threads: safe for many.
 */
public final class OpenSlideLibrary {
  /** A file, or a folder that holds the library, to be taken instead of the system's own. */
  public static final String VARIABLE = "MICROMET_OPENSLIDE";

  /** What became of loading. */
  public sealed interface Status {
    /**
     * Loaded.
     *
     * @param version as the library says, e.g. {@code 3.4.1}
     * @param from the file or library name it was loaded by
     */
    record Present(String version, String from) implements Status {}

    /**
     * Not loaded.
     *
     * @param reason one line
     */
    record Absent(String reason) implements Status {}
  }

  /** Loads when first asked, never because a class is mentioned. */
  private static final class Host {
    static final OpenSlideLibrary LIBRARY =
        load(Optional.ofNullable(System.getenv(VARIABLE)).filter(place -> !place.isBlank()));
  }

  private final Status status;
  private final Optional<OpenSlideApi> api;

  private OpenSlideLibrary(Status status, Optional<OpenSlideApi> api) {
    this.status = status;
    this.api = api;
  }

  /** The library that {@value #VARIABLE} names, else the system's own. */
  public static OpenSlideLibrary host() {
    return Host.LIBRARY;
  }

  /**
   * Loads a library.
   *
   * @param place the file, or a folder that holds it; empty for the system's own
   */
  public static OpenSlideLibrary load(Optional<String> place) {
    if (place.isEmpty()) {
      return firstOf(systemNames());
    }
    Path path = Path.of(place.get()).toAbsolutePath();
    if (!Files.exists(path)) {
      return absent(path + " does not exist (from " + VARIABLE + ")");
    }
    if (!Files.isDirectory(path)) {
      return firstOf(List.of(path.toString()));
    }
    List<String> here =
        fileNames().stream().map(path::resolve).filter(Files::exists).map(Path::toString).toList();
    return here.isEmpty()
        ? absent(path + " holds none of " + String.join(", ", fileNames()))
        : firstOf(here);
  }

  public Status status() {
    return status;
  }

  /** One line: the version and where it came from, or why it is absent. */
  public String description() {
    if (status instanceof Status.Present present) {
      return "libopenslide " + present.version() + " (" + present.from() + ")";
    }
    return "libopenslide is absent: " + ((Status.Absent) status).reason();
  }

  /** The functions, when {@link #status} is present. */
  Optional<OpenSlideApi> api() {
    return api;
  }

  /** {@code openslide VERSION}; only when present. */
  String readerName() {
    return "openslide " + ((Status.Present) status).version();
  }

  private static List<String> fileNames() {
    if (Platform.isWindows()) {
      return List.of("libopenslide-1.dll", "libopenslide-0.dll");
    }
    return Platform.isMac()
        ? List.of("libopenslide.1.dylib", "libopenslide.0.dylib", "libopenslide.dylib")
        : List.of("libopenslide.so.1", "libopenslide.so.0", "libopenslide.so");
  }

  private static List<String> systemNames() {
    if (!Platform.isMac()) {
      return fileNames();
    }
    // The loader of macOS does not look where Homebrew installs.
    return Stream.of("", "/opt/homebrew/lib/", "/usr/local/lib/")
        .flatMap(folder -> fileNames().stream().map(name -> folder + name))
        .toList();
  }

  private static OpenSlideLibrary firstOf(List<String> candidates) {
    String reason = "";
    for (String candidate : candidates) {
      try {
        OpenSlideApi api =
            Native.load(
                candidate, OpenSlideApi.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
        String version = api.openslide_get_version();
        return new OpenSlideLibrary(new Status.Present(version, candidate), Optional.of(api));
      } catch (LinkageError e) {
        // A missing library, one of another machine, or JNA's own part refused by a noexec folder.
        String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        reason = reason.isEmpty() ? first : reason;
      }
    }
    return absent(reason.isEmpty() ? "not found" : reason);
  }

  private static OpenSlideLibrary absent(String reason) {
    return new OpenSlideLibrary(new Status.Absent(reason), Optional.empty());
  }
}
