// SPDX-License-Identifier: Apache-2.0
package io.github.micromet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pages, or parts of them, that are made from the code and must not differ from it. */
public final class Generated {
  private Generated() {}

  /** The whole file is this text; with -Dmicromet.renew=true it is written. */
  public static void file(String name, String text) {
    Path file = Golden.root().resolve(name);
    try {
      if (Boolean.getBoolean("micromet.renew")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
      }
      assertThat(firstDifference(Files.exists(file) ? Files.readString(file) : "", text))
          .as(name + " differs from the code; renew it: ./mvnw verify -Dmicromet.renew=true")
          .isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first line that is not as it should be; a whole page would hide it. */
  private static String firstDifference(String found, String wanted) {
    String[] one = found.split("\n", -1);
    String[] other = wanted.split("\n", -1);
    for (int i = 0; i < Math.max(one.length, other.length); i++) {
      String there = i < one.length ? one[i] : "(end)";
      String should = i < other.length ? other[i] : "(end)";
      if (!there.equals(should)) {
        return "line " + (i + 1) + " is: " + there + "\nbut should be: " + should;
      }
    }
    return "";
  }

  /**
   * The part of a file between {@code <!-- begin NAME -->} and {@code <!-- end NAME -->} is this
   * text; with -Dmicromet.renew=true it is written.
   */
  public static void part(String fileName, String name, String text) {
    Path file = Golden.root().resolve(fileName);
    String begin = "<!-- begin " + name + " -->\n";
    String end = "<!-- end " + name + " -->\n";
    try {
      String page = Files.readString(file);
      int from = page.indexOf(begin) + begin.length();
      int to = page.indexOf(end);
      assertThat(page).as(fileName).contains(begin, end);
      file(fileName, page.substring(0, from) + text + page.substring(to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
