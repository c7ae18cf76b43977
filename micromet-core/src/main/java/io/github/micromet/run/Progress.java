// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.run;

/**
 * Told how long work goes. The command line draws it; a server or a cluster may count it.
 *
 * <p>Threads: called from many.
 */
public interface Progress {
  /** Tells nobody. */
  Progress NONE =
      new Progress() {
        @Override
        public void begin(String stage, long units) {}

        @Override
        public void advance(long units) {}

        @Override
        public void end() {}
      };

  /**
   * A stage begins; stages do not overlap.
   *
   * @param stage what is done, e.g. {@code tumor_001: patches}
   * @param units how many there are
   */
  void begin(String stage, long units);

  void advance(long units);

  void end();
}
