// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.group;

import org.bytedeco.pytorch.Tensor;

/**
 * The processes that train together, seen from one of them.
 *
 * <p>Threads: one at a time; every process calls the same methods in the same order.
 */
public interface Group extends AutoCloseable {
  /** One process alone. */
  Group ALONE =
      new Group() {
        @Override
        public int rank() {
          return 0;
        }

        @Override
        public int size() {
          return 1;
        }

        @Override
        public void sum(Tensor inPlace) {
          // Its own sum.
        }

        @Override
        public void broadcast(Tensor inPlace) {
          // Its own value.
        }

        @Override
        public void close() {
          // Holds nothing.
        }
      };

  /** Which one this is, from 0; 0 writes the files. */
  int rank();

  /** How many there are. */
  int size();

  /**
   * Replaces the tensor by its sum over all processes.
   *
   * @throws io.github.micromet.error.MicrometException of kind RESOURCE if one is lost
   */
  void sum(Tensor inPlace);

  /**
   * Replaces the tensor by that of rank 0.
   *
   * @throws io.github.micromet.error.MicrometException of kind RESOURCE if one is lost
   */
  void broadcast(Tensor inPlace);

  @Override
  void close();
}
