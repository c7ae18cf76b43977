// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which programs made a result.
 *
 * @param micromet this program's version
 * @param commit it was packaged from; empty in a build that was not told
 * @param java the virtual machine's name and version
 * @param natives name to version of each native library that took part, e.g. {@code libtorch}
 */
public record Software(
    String micromet, Optional<String> commit, String java, SortedMap<String, String> natives) {

  public Software {
    natives = Collections.unmodifiableSortedMap(new TreeMap<>(natives));
  }

  /** This program, on this virtual machine. */
  public static Software current(SortedMap<String, String> natives) {
    Properties version = new Properties();
    try (InputStream in = Software.class.getResourceAsStream("version.properties")) {
      version.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("version.properties of this package", e);
    }
    String commit = version.getProperty("commit").strip();
    return new Software(
        version.getProperty("version"),
        commit.isEmpty() ? Optional.empty() : Optional.of(commit),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        natives);
  }
}
