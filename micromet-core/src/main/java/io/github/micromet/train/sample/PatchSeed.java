// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.sample;

/** The seed of one patch in one epoch. Threads: stateless. */
final class PatchSeed {
  private PatchSeed() {}

  /**
   * Mixes four numbers, so that neighbours have seeds that share nothing.
   *
   * @param region index in the list, not the place in the epoch's order: a run that goes on, or
   *     more processes, must not change it
   */
  static long of(long run, int epoch, int region, int patch) {
    return mix(mix(mix(mix(run) + epoch) + region) + patch);
  }

  /** SplitMix64's output function (Steele, Lea and Flood, 2014). */
  private static long mix(long x) {
    long z = x + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
