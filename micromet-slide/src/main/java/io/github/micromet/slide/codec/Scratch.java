// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory that a decoder needs while it works, kept from tile to tile.
 *
 * <p>Threads: confined to whoever borrowed it from a {@link ScratchPool}.
 */
final class Scratch {
  private final Block stored = new Block();
  private final Block pixels = new Block();
  private byte[] packed = new byte[0];
  private byte[] samples = new byte[0];

  /** Direct memory of exactly that many bytes, position 0; holds anything. */
  ByteBuffer stored(int bytes) {
    return stored.ofSize(bytes);
  }

  /** As {@link #stored}, another block. */
  ByteBuffer pixels(int bytes) {
    return pixels.ofSize(bytes);
  }

  /** An array of at least that length; holds anything. */
  byte[] packed(int bytes) {
    if (packed.length < bytes) {
      packed = new byte[bytes];
    }
    return packed;
  }

  /** As {@link #packed}, another array. */
  byte[] samples(int bytes) {
    if (samples.length < bytes) {
      samples = new byte[bytes];
    }
    return samples;
  }

  void free() {
    stored.free();
    pixels.free();
  }

  /** malloc rather than a direct buffer: not zeroed, and freed by name rather than by the GC. */
  private static final class Block {
    private ByteBuffer memory = ByteBuffer.allocate(0);
    private Pointer owner;

    ByteBuffer ofSize(int bytes) {
      if (memory.capacity() < bytes) {
        free();
        Pointer block = Pointer.malloc(bytes);
        if (block == null || block.isNull()) {
          throw new OutOfMemoryError("malloc of " + bytes + " bytes for one tile");
        }
        owner = block;
        memory = new BytePointer(block).capacity(bytes).asByteBuffer();
      }
      return memory.duplicate().clear().limit(bytes);
    }

    void free() {
      if (owner != null) {
        memory = ByteBuffer.allocate(0);
        Pointer.free(owner);
        owner = null;
      }
    }
  }
}
