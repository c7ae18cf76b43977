// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.weights;

/**
 * Bytes that reading one file may take in all. Tensors may share a storage and entries of a zip may
 * overlap, so a small file can describe a large state; an honest one stays below a few times its
 * length.
 */
final class Budget {
  /** float16 doubles when widened, one byte to int64 makes eight. */
  private static final int TIMES_THE_FILE = 10;

  private static final long SMALL_FILE = 1 << 20;

  private long left;

  Budget(long fileBytes) {
    left = Math.addExact(Math.multiplyExact(fileBytes, TIMES_THE_FILE), SMALL_FILE);
  }

  void take(long bytes, String what) {
    if (bytes < 0 || bytes > left) {
      throw Refusal.damaged(what + " needs " + bytes + " bytes, more than this file can mean");
    }
    left -= bytes;
  }
}
