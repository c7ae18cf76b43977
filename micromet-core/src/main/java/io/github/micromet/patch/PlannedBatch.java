// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.patch;

import io.github.micromet.grid.Band;
import io.github.micromet.pixels.PixelBatch;
import java.util.List;

/**
 * Windows in plan order with their pixels; never crosses a band.
 *
 * @param band whose windows these are
 * @param windows as many as {@code pixels.count()}, in the same order
 * @param pixels owned by whoever takes the batch; close it
 */
public record PlannedBatch(Band band, List<Window> windows, PixelBatch pixels)
    implements AutoCloseable {
  @Override
  public void close() {
    pixels.close();
  }
}
