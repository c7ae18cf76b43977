// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

/** How libtorch says that there is no memory. */
public final class NativeMemory {
  private NativeMemory() {}

  /** Whether libtorch's allocator threw this. */
  public static boolean isExhausted(RuntimeException thrown) {
    String message = String.valueOf(thrown.getMessage());
    return message.contains("DefaultCPUAllocator") || message.contains("not enough memory");
  }
}
