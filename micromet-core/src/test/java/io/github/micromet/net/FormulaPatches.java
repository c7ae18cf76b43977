// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.pixels.FloatBatch;

/** Patches that any language can make: conformance/oracle/logits.py has the same formula. */
public final class FormulaPatches {
  private FormulaPatches() {}

  /** Patches first to first + count - 1, in a batch that the collector takes. */
  public static FloatBatch floats(long first, int count, int size) {
    FloatBatch batch = new FloatBatch(count, size, () -> {});
    batch.setCount(count);
    for (int k = 0; k < count; k++) {
      batch.put(k, patch(first + k, size));
    }
    return batch;
  }

  /** The top byte of splitmix64((k << 32) | (y*S + x)*3 + c), as float32. */
  private static float[] patch(long k, int size) {
    float[] values = new float[size * size * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = splitmix64(k << 32 | i) >>> 56;
    }
    return values;
  }

  /** As in java.util.SplittableRandom. */
  public static long splitmix64(long x) {
    long z = x + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
