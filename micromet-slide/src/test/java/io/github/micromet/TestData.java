// SPDX-License-Identifier: Apache-2.0
package io.github.micromet;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Real slides and patches that are too large to commit. The folder that holds them is named by the
 * environment variable {@code MICROMET_TEST_DATA}; without it a test that asks for a file is
 * skipped, but where {@code CI=true} such a skip is a failure.
 */
public final class TestData {
  private static final String VARIABLE = "MICROMET_TEST_DATA";

  private TestData() {}

  /**
   * The file of that name below the data folder; ends the calling test if it is not there.
   *
   * @param name with forward slashes, e.g. {@code slides/cmu-1-small-region.svs}
   */
  public static Path file(String name) {
    String folder = System.getenv(VARIABLE);
    if (folder == null || folder.isBlank()) {
      absent(name + " is not here: " + VARIABLE + " does not name the folder of test data");
    }
    Path file = Path.of(folder).resolve(name);
    if (!Files.exists(file)) {
      absent(name + " is not in " + folder + " (" + VARIABLE + ")");
    }
    return file;
  }

  /** Skips the calling test with that message; fails it where {@code CI=true}. */
  public static void absent(String message) {
    if ("true".equals(System.getenv("CI"))) {
      fail(message);
    }
    Assumptions.abort(message);
  }
}
