// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import java.util.Optional;

/** The version that the jar's manifest says. */
final class Version {
  private Version() {}

  static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }
}
