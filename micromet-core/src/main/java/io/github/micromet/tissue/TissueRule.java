// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.tissue;

import java.nio.file.Path;
import java.util.Objects;

/** How to decide which cells of a slide are tissue. */
public sealed interface TissueRule {
  /** The level whose pixels are the cells. */
  int level();

  /**
   * The reference's foreground mask (Otsu on R, G, B and saturation).
   *
   * @param level of the mask; its pixels are the cells
   * @param asReference true: the reference to the last cell, with its failures; false: the same
   *     unless the slide has fill or lacks the level, and then better, with a note that says so
   */
  record Otsu(int level, boolean asReference) implements TissueRule {}

  /** A mask from a file: PNG, JPEG or TIFF; non-zero is tissue; stretched over the level's grid. */
  record MaskFile(int level, Path file) implements TissueRule {
    public MaskFile {
      Objects.requireNonNull(file);
    }
  }

  /** Every cell. */
  record Everywhere(int level) implements TissueRule {}
}
