// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

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

  /**
   * Makes sure that the folder exists and can be written.
   *
   * @throws MicrometException of kind RESOURCE, with the cure, if not
   */
  static Path writable(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "probe", ""));
      return folder;
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          folder.toString(),
          "cannot be written (" + e.getMessage() + ")",
          "Set MICROMET_CACHE to a folder that you may write.",
          e);
    }
  }
}
