// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Which list a patch image belongs to. */
enum Split {
  TRAINING,
  VALIDATION,
  /** Kept for a test: in neither list. */
  TEST;

  /** By a folder's name or a word in a column. */
  static Optional<Split> of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "train", "training" -> Optional.of(TRAINING);
      case "val", "valid", "validation" -> Optional.of(VALIDATION);
      case "test", "testing" -> Optional.of(TEST);
      default -> Optional.empty();
    };
  }

  /** By the innermost folder that is called so; training without one. */
  static Split ofFolders(Path relative) {
    for (Path at = relative.getParent(); at != null; at = at.getParent()) {
      Optional<Split> split = of(at.getFileName().toString());
      if (split.isPresent()) {
        return split.get();
      }
    }
    return TRAINING;
  }
}
