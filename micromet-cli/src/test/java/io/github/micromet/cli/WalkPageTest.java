// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.micromet.Generated;
import io.github.micromet.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/walk.md: its table is rooms.txt, and its code is code that a test runs. */
class WalkPageTest {
  private static final String PAGE = "docs/walk.md";
  private static final Path WALK =
      Golden.root().resolve("micromet-core/src/test/java/io/github/micromet/detect/WalkTest.java");

  /** {@code // snippet: NAME} ... {@code // end} in the test. */
  private static final Pattern SNIPPET =
      Pattern.compile("(?ms)^ *// snippet: (\\S+)\\n(.*?)^ *// end\\n");

  @Test
  void theTableOfRoomsIsRoomsTxt() {
    Generated.part(PAGE, "rooms", Rooms.table());
  }

  @Test
  void everySnippetOfTheTestedWalkStandsInThePage() throws IOException {
    Map<String, String> snippets = snippets(Files.readString(WALK));

    assertThat(snippets).isNotEmpty();
    snippets.forEach((name, code) -> Generated.part(PAGE, "snippet " + name, code));
  }

  @Test
  void thePageShowsNoOtherJava() throws IOException {
    String page = Files.readString(Golden.root().resolve(PAGE));
    String rest = page;
    for (String code : snippets(Files.readString(WALK)).values()) {
      rest = rest.replace(code, "");
    }

    assertThat(rest.contains("```java")).as("code that no test runs").isFalse();
  }

  private static Map<String, String> snippets(String source) {
    Map<String, String> snippets = new LinkedHashMap<>();
    Matcher matcher = SNIPPET.matcher(source);
    while (matcher.find()) {
      List<String> lines = matcher.group(2).lines().toList();
      int indent =
          lines.stream()
              .filter(line -> !line.isBlank())
              .mapToInt(line -> line.length() - line.stripLeading().length())
              .min()
              .orElse(0);
      String code =
          lines.stream()
              .map(line -> line.isBlank() ? "" : line.substring(indent))
              .collect(Collectors.joining("\n"));
      snippets.put(matcher.group(1), "```java\n" + code + "\n```\n");
    }
    return snippets;
  }
}
