// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A slide's mask at one level, before anyone says which values are tumour.
 *
 * @param rows along y
 * @param columns along x
 * @param values rows x columns uint8, row-major; kept, not copied
 */
public record TumourMask(int rows, int columns, byte[] values) {
  public TumourMask {
    if (rows <= 0 || columns <= 0 || values.length != Math.multiplyExact(rows, columns)) {
      throw new IllegalArgumentException(
          values.length + " values for " + rows + " x " + columns + " cells");
    }
  }

  /** How often each value other than 0 occurs. */
  public SortedMap<Integer, Long> counts() {
    long[] counts = new long[256];
    for (byte value : values) {
      counts[value & 0xff]++;
    }
    SortedMap<Integer, Long> found = new TreeMap<>();
    for (int value = 1; value < counts.length; value++) {
      if (counts[value] > 0) {
        found.put(value, counts[value]);
      }
    }
    return found;
  }
}
