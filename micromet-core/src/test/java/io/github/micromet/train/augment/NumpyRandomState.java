// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.augment;

/**
 * numpy's legacy {@code RandomState(seed)}: the Mersenne Twister MT19937 of Matsumoto and
 * Nishimura, seeded by one number, with the draws that MONAI's random transforms make. Only tests
 * need the reference's streams; training draws its own.
 */
final class NumpyRandomState {
  private static final int WORDS = 624;
  private static final int AHEAD = 397;

  private final int[] state = new int[WORDS];
  private int next = WORDS;

  /**
   * @param seed 0 to 2^32 - 1
   */
  NumpyRandomState(long seed) {
    state[0] = (int) seed;
    for (int i = 1; i < WORDS; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
    }
  }

  /** As {@code randint(2**32, dtype=uint32)}. */
  long uint32() {
    return Integer.toUnsignedLong(word());
  }

  /** As {@code rand()} and {@code random_sample()}: 0 or more, less than 1. */
  double rand() {
    return ((word() >>> 5) * 67108864.0 + (word() >>> 6)) / 9007199254740992.0;
  }

  double uniform(double low, double high) {
    return low + (high - low) * rand();
  }

  /** As {@code randint(below)}: words are masked, and those too large are thrown away. */
  int randint(int below) {
    int mask = -1 >>> Integer.numberOfLeadingZeros(below - 1);
    while (true) {
      int value = word() & mask;
      if (value < below) {
        return value;
      }
    }
  }

  private int word() {
    if (next == WORDS) {
      for (int i = 0; i < WORDS; i++) {
        int joined = state[i] & 0x80000000 | state[(i + 1) % WORDS] & 0x7fffffff;
        state[i] = state[(i + AHEAD) % WORDS] ^ joined >>> 1 ^ (joined & 1) * 0x9908b0df;
      }
      next = 0;
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9d2c5680;
    y ^= y << 15 & 0xefc60000;
    return y ^ y >>> 18;
  }
}
