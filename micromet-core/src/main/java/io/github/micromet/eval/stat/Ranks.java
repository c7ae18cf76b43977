// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.eval.stat;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Orders and ranks. Threads: stateless. */
final class Ranks {
  private Ranks() {}

  /** The indices that sort the values upwards; equal ones keep their order. */
  static int[] ascending(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> values[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Ranks from 1; equal values share the middle of theirs. */
  static double[] middle(double[] values) {
    int[] order = ascending(values);
    double[] ranks = new double[values.length];
    int first = 0;
    while (first < order.length) {
      int end = first + 1;
      while (end < order.length && values[order[end]] == values[order[first]]) {
        end++;
      }
      for (int i = first; i < end; i++) {
        ranks[order[i]] = (first + 1 + end) / 2.0;
      }
      first = end;
    }
    return ranks;
  }
}
