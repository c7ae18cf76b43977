// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

/**
 * The numbers of {@code torch.Generator} on a CPU: the Mersenne Twister MT19937 of Matsumoto and
 * Nishimura, seeded as they do with the low 32 bits of the seed.
 *
 * <p>Threads: one at a time.
 */
final class TorchRandom {
  private static final int LENGTH = 624;
  private static final int MIDDLE = 397;

  private final int[] state = new int[LENGTH];
  private int next = LENGTH;

  TorchRandom(long seed) {
    state[0] = (int) seed;
    for (int i = 1; i < LENGTH; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
    }
  }

  /** Thirty-two random bits. */
  int bits() {
    if (next == LENGTH) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9d2c5680;
    y ^= y << 15 & 0xefc60000;
    return y ^ y >>> 18;
  }

  private void twist() {
    for (int i = 0; i < LENGTH; i++) {
      int y = state[i] & 0x80000000 | state[(i + 1) % LENGTH] & 0x7fffffff;
      state[i] = state[(i + MIDDLE) % LENGTH] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
    }
    next = 0;
  }

  /** As {@code torch.randperm(n)}: Fisher and Yates from the front, the remainder of 32 bits. */
  int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = 0; i < n - 1; i++) {
      int other = i + Integer.remainderUnsigned(bits(), n - i);
      int held = order[i];
      order[i] = order[other];
      order[other] = held;
    }
    return order;
  }
}
