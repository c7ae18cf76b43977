// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "micromet.cmd is not run yet")
class LauncherIT {
  @TempDir private Path folder;

  @Test
  void helpGoesToStdoutAndNothingToStderr() {
    Program.Ended help = new Program(folder).run("--help");

    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).startsWith("Usage: micromet");
  }

  @ParameterizedTest
  @EnumSource(Verb.class)
  void helpTouchesNoTensorAndNoWindowClass(Verb verb) throws Exception {
    Path log = folder.resolve("classes.txt");
    // Not through the launcher, which turns the JVM's log off.
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                Program.packaged().resolve("lib") + "/*",
                Micromet.class.getName(),
                verb.word(),
                "--help")
            .redirectOutput(folder.resolve("help.txt").toFile())
            .start();

    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(folder.resolve("help.txt"))).startsWith("Usage: micromet");
    try (Stream<String> lines = Files.lines(log)) {
      List<String> loaded = lines.toList();
      assertThat(loaded).anyMatch(line -> line.contains("picocli.CommandLine "));
      assertThat(loaded)
          .noneMatch(line -> line.matches(".* (org\\.bytedeco|java\\.awt|com\\.sun\\.jna)\\..*"));
    }
  }

  @Test
  void theVersionIsTheJarsVersion() {
    Program.Ended version = new Program(folder).run("version");

    assertThat(version.code()).isZero();
    assertThat(version.out()).matches("micromet [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?\\R");
  }

  @Test
  void theSecondStartUsesTheClassArchiveMadeByTheFirst() throws IOException {
    Path cache = folder.resolve("cache");
    Program program = new Program(folder).with("MICROMET_CACHE", cache.toString());
    assertThat(program.run("version").code()).isZero();

    try (Stream<Path> files = Files.walk(cache)) {
      List<Path> archives = files.filter(f -> f.toString().endsWith(".jsa")).toList();
      assertThat(archives).hasSize(1);
      assertThat(archives.get(0)).isNotEmptyFile();
    }
    Program.Ended second = program.run("version");
    assertThat(second.code()).isZero();
    assertThat(second.err()).isEmpty();
  }

  @Test
  void aDamagedClassArchiveIsIgnored() throws IOException {
    Path cache = folder.resolve("cache");
    Program program = new Program(folder).with("MICROMET_CACHE", cache.toString());
    program.run("version");
    try (Stream<Path> files = Files.walk(cache)) {
      Path archive = files.filter(f -> f.toString().endsWith(".jsa")).findFirst().orElseThrow();
      Files.delete(archive);
      Files.writeString(archive, "not an archive");
    }

    Program.Ended after = program.run("version");

    assertThat(after.code()).isZero();
    assertThat(after.err()).isEmpty();
    assertThat(after.out()).startsWith("micromet ").hasLineCount(1);
  }

  @Test
  void aCacheThatCannotBeWrittenIsTwoLinesAndCode4() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Program program = new Program(folder).with("MICROMET_CACHE", file.toString());

    Program.Ended ended = program.run("download");

    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines())
        .containsExactly(
            "micromet: the cache folder " + file + " cannot be written",
            "  Set MICROMET_CACHE to a folder that you may write.");
    assertThat(program.run("--help").code()).as("help needs no cache").isZero();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aCacheMountedNoexecIsTwoLinesAndCode4() throws IOException {
    Optional<Path> noexec = noexecFolder();
    assumeThat(noexec).as("a folder mounted noexec that can be written").isPresent();
    Path cache = Files.createTempDirectory(noexec.get(), "micromet-test");
    try {
      Program.Ended ended =
          new Program(folder).with("MICROMET_CACHE", cache.toString()).run("download");

      assertThat(ended.code()).isEqualTo(4);
      assertThat(ended.err().lines()).hasSize(2);
      assertThat(ended.err()).contains("noexec").contains(cache.toString());
    } finally {
      try (Stream<Path> made = Files.walk(cache)) {
        for (Path path : made.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static Optional<Path> noexecFolder() throws IOException {
    try (Stream<String> mounts = Files.lines(Path.of("/proc/mounts"))) {
      return mounts
          .map(line -> line.split(" "))
          .filter(m -> List.of(m[3].split(",")).containsAll(List.of("noexec", "rw")))
          .filter(m -> m[2].equals("tmpfs"))
          .map(m -> Path.of(m[1]))
          .filter(p -> Files.isDirectory(p) && Files.isWritable(p))
          .findFirst();
    }
  }

  @Test
  void aJavaThatIsTooOldIsRefusedWithWhatToDo() throws IOException {
    Path old = Files.createDirectories(folder.resolve("jdk-11/bin")).getParent();
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.22\"\n");
    Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 9\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

    Program.Ended ended = new Program(folder).with("MICROMET_JAVA", old.toString()).run("version");

    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err().lines()).hasSize(2);
    assertThat(ended.err()).contains(old.toString()).contains("17");
  }

  @Test
  void aLinkToALauncherInAFolderWithBlanksWorks() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("two words"));
    Files.createDirectories(copy.resolve("lib"));
    Files.copy(Program.packaged().resolve("micromet"), copy.resolve("micromet"));
    try (Stream<Path> jars = Files.list(Program.packaged().resolve("lib"))) {
      for (Path jar : jars.filter(f -> !f.toString().contains("linux-")).toList()) {
        Files.copy(jar, copy.resolve("lib").resolve(jar.getFileName()));
      }
    }
    Path link = Files.createSymbolicLink(folder.resolve("mm"), Path.of("two words", "micromet"));
    Program program =
        new Program(link, folder).with("MICROMET_CACHE", folder.resolve("my cache").toString());

    Program.Ended ended = program.run("version");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("micromet ");
    assertThat(folder.resolve("my cache")).isDirectory();
  }

  @Test
  void aWrongOptionIsCode2() {
    assertThat(new Program(folder).run("version", "--wrong").code()).isEqualTo(2);
  }
}
