// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/** Where things are kept between runs. The launcher decides and says so; without it, the same. */
final class Caches {
  private Caches() {}

  /** The whole cache folder: MICROMET_CACHE, or the platform's place. It may not exist yet. */
  static Path root(Map<String, String> environment) {
    String said = System.getProperty("micromet.cache", "");
    if (said.isEmpty()) {
      said = environment.getOrDefault("MICROMET_CACHE", "");
    }
    return said.isEmpty() ? platformRoot(environment) : Path.of(said).toAbsolutePath();
  }

  private static Path platformRoot(Map<String, String> environment) {
    String local = environment.getOrDefault("LOCALAPPDATA", "");
    if (!local.isEmpty()) {
      return Path.of(local, "Micromet");
    }
    Path home = Path.of(System.getProperty("user.home"));
    Path mac = home.resolve("Library").resolve("Caches");
    if (Files.isDirectory(mac)) {
      return mac.resolve("Micromet");
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    return (xdg.isEmpty() ? home.resolve(".cache") : Path.of(xdg)).resolve("micromet");
  }

  /** Downloaded models; shared by versions of Micromet, since each bundle has its own folder. */
  static Path models(Map<String, String> environment) {
    return root(environment).resolve("models");
  }

  /** The published model's folder. */
  static Path published(Map<String, String> environment) {
    return models(environment).resolve("pathology_tumor_detection");
  }

  /** Why libraries cannot be unpacked and loaded from the folder; empty when they can. */
  static Optional<String> trouble(Path folder) {
    try {
      Files.createDirectories(folder);
      Path probe = Files.createTempFile(folder, "probe", "");
      try {
        Files.writeString(probe, "#!/bin/sh\nexit 0\n");
        return executable(probe) ? Optional.empty() : Optional.of("is mounted noexec");
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      return Optional.of("cannot be written");
    }
  }

  private static boolean executable(Path probe) throws IOException {
    if (!probe.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return true; // Windows has no such mounts
    }
    Files.setPosixFilePermissions(probe, PosixFilePermissions.fromString("rwx------"));
    return Files.isExecutable(probe); // access(2) knows of noexec
  }
}
