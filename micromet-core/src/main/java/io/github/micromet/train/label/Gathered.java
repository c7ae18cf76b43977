// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import io.github.micromet.train.label.LabelledRegion.PatchImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the label files hold so far.
 *
 * <p>Threads: one at a time.
 */
final class Gathered {
  final List<Found> training = new ArrayList<>();
  final List<Found> validation = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  private int forTest;

  /** Adds an image of one patch; {@code mpp} absent: the model's own. */
  void addImage(Path file, int label, OptionalDouble mpp, Split split, Line line) {
    PatchImage image = new PatchImage(file, mpp.orElse(Double.NaN));
    Found found = new Found(new LabelledRegion(image, List.of(label)), line);
    switch (split) {
      case TRAINING -> training.add(found);
      case VALIDATION -> validation.add(found);
      case TEST -> forTest++;
    }
  }

  /** Images kept for a test, which are in no list. */
  int forTest() {
    return forTest;
  }
}
