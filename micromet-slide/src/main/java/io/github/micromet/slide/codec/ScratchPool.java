// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import java.util.ArrayDeque;

/**
 * The decoders' working memory of one open slide: as many blocks as threads ever decoded at once.
 *
 * <p>Threads: safe for many. Memory that a thread works in while the pool is closed is freed when
 * it is given back.
 */
public final class ScratchPool implements AutoCloseable {
  private final ArrayDeque<Scratch> idle = new ArrayDeque<>();
  private boolean closed;

  Scratch borrow() {
    synchronized (idle) {
      Scratch scratch = idle.pollLast();
      return scratch == null ? new Scratch() : scratch;
    }
  }

  void giveBack(Scratch scratch) {
    synchronized (idle) {
      if (!closed) {
        idle.addLast(scratch);
        return;
      }
    }
    scratch.free();
  }

  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(Scratch::free);
      idle.clear();
    }
  }
}
