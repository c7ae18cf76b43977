// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Needs the network, and about 300 MB of it: {@code ./mvnw -Pslow verify}. */
@Tag("slow")
class PlatformsIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"macosx-arm64", "windows-x86_64"})
  void theNativeLibrariesOfTheParentPomExistForThePlatform(String platform) throws Exception {
    Path root = Golden.root();
    Files.copy(root.resolve("pom.xml"), folder.resolve("pom.xml"));
    Path child = Files.createDirectories(folder.resolve("natives")).resolve("pom.xml");
    Files.writeString(child, pom());

    Process process =
        new ProcessBuilder(
                root.resolve("mvnw").toString(),
                "-B",
                "-q",
                "-f",
                child.toString(),
                "dependency:resolve",
                "-Djavacpp.platform=" + platform)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile())
            .start();

    assertThat(process.waitFor()).as(log()).isZero();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log.txt"));
  }

  /** The artifacts as the modules name them; versions and platform come from the parent. */
  private static String pom() {
    StringBuilder dependencies = new StringBuilder();
    for (String artifact : new String[] {"javacpp", "openblas", "opencv", "pytorch"}) {
      dependencies.append(
          "<dependency><groupId>org.bytedeco</groupId><artifactId>"
              + artifact
              + "</artifactId><classifier>${javacpp.platform}</classifier></dependency>\n");
    }
    return "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n"
        + "<modelVersion>4.0.0</modelVersion>\n"
        + "<parent><groupId>io.github.micromet</groupId><artifactId>micromet</artifactId>"
        + "<version>0.1.0-SNAPSHOT</version></parent>\n"
        + "<artifactId>natives</artifactId>\n<dependencies>\n"
        + dependencies
        + "</dependencies>\n</project>\n";
  }
}
