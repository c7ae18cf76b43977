// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

import io.github.micromet.grid.CellBlock;
import io.github.micromet.slide.TileFault;
import java.util.List;

/**
 * A stored tile that could not be decoded, and what it reached.
 *
 * @param tile which, and why
 * @param windows the cells filled by each window that saw it, in plan order
 */
public record BadTile(TileFault tile, List<CellBlock> windows) {
  public BadTile {
    windows = List.copyOf(windows);
  }
}
