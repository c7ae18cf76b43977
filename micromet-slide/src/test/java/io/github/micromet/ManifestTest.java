// SPDX-License-Identifier: Apache-2.0
package io.github.micromet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The golden files are those that the oracle's scripts wrote: nothing changed, added or lost. */
class ManifestTest {
  private static final Path CONFORMANCE = Golden.root().resolve("conformance");
  private static final Pattern ENTRY =
      Pattern.compile("\"file\": \"([^\"]+)\", \"sha256\": \"([0-9a-f]{64})\"");

  @Test
  void everyGoldenFileAndSlideIsInTheManifestWithItsHash() throws Exception {
    Map<String, String> stated = stated();
    Map<String, String> found = found();
    assertThat(stated).hasSizeGreaterThan(100);
    assertThat(found)
        .as("conformance/regenerate.sh TOPIC writes golden files and golden/manifest.json")
        .isEqualTo(stated);
  }

  @Test
  void everyEntrySaysHowItsFileIsMadeAgain() throws IOException {
    String manifest = Files.readString(CONFORMANCE.resolve("golden/manifest.json"));
    Pattern whole =
        Pattern.compile(
            ENTRY.pattern()
                + ", \"script\": \"([^\"]+)\", \"command\": \"(conformance/regenerate.sh \\S+)\","
                + " \"needsSharedData\": (?:true|false), \"versions\": \\{");
    Stream<MatchResult> entries = whole.matcher(manifest).results();
    assertThat(entries)
        .hasSameSizeAs(stated().keySet())
        .allSatisfy(one -> assertThat(CONFORMANCE.resolve(one.group(3))).isRegularFile());
  }

  /** Hashes by path below conformance. */
  private static Map<String, String> stated() throws IOException {
    Map<String, String> stated = new TreeMap<>();
    ENTRY
        .matcher(Files.readString(CONFORMANCE.resolve("golden/manifest.json")))
        .results()
        .forEach(one -> assertThat(stated.put(one.group(1), one.group(2))).isNull());
    return stated;
  }

  private static Map<String, String> found() throws IOException, NoSuchAlgorithmException {
    Map<String, String> found = new TreeMap<>();
    for (String folder : new String[] {"golden", "slides"}) {
      try (Stream<Path> files = Files.walk(CONFORMANCE.resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String name = CONFORMANCE.relativize(file).toString().replace('\\', '/');
          if (!name.equals("golden/manifest.json")) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            found.put(name, HexFormat.of().formatHex(hash));
          }
        }
      }
    }
    return found;
  }
}
