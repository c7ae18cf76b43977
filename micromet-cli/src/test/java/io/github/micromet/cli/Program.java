// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import io.github.micromet.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program, started through its launcher as a process. MICROMET_JAVA (or the system
 * property micromet.java) says on which Java; caches lie under target/.
 */
final class Program {
  private static final long LIMIT_SECONDS = 240;

  private final Path launcher;
  private final Path folder;
  private final Map<String, String> environment = new LinkedHashMap<>();

  /**
   * @param folder in which the program runs and its streams are kept
   */
  Program(Path folder) {
    this(packaged().resolve("micromet"), folder);
  }

  Program(Path launcher, Path folder) {
    this.launcher = launcher;
    this.folder = folder;
    environment.put("MICROMET_CACHE", cache().toString());
    String java = System.getProperty("micromet.java", "");
    if (!java.isEmpty()) {
      environment.put("MICROMET_JAVA", java);
    }
  }

  /** The folder that is shipped: launchers and lib/. */
  static Path packaged() {
    return Golden.root().resolve("micromet-cli/target/micromet");
  }

  static Path cache() {
    return Golden.root().resolve("micromet-cli/target/it-cache");
  }

  /** Sets a variable of the process. */
  Program with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** What a process left behind. */
  record Ended(int code, String out, String err) {}

  /** Runs to the end. */
  Ended run(String... words) {
    Process process = start(words);
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        throw new AssertionError("not done after " + LIMIT_SECONDS + " s\n" + ended(process));
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return ended(process);
  }

  /** Starts and does not wait. */
  Process start(String... words) {
    List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectOutput(out().toFile()).redirectError(err().toFile());
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The streams so far. */
  Ended ended(Process process) {
    try {
      return new Ended(
          process.isAlive() ? -1 : process.exitValue(),
          Files.readString(out()),
          Files.readString(err()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path out() {
    return folder.resolve(".out.txt");
  }

  Path err() {
    return folder.resolve(".err.txt");
  }
}
