// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.slide.codec;

import io.github.micromet.slide.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the bytes of one stored tile lie. The decoder reads them straight into memory of its own.
 *
 * @param at offset of the first byte
 * @param length in bytes
 */
public record StoredBytes(ByteSource file, long at, int length) {
  void read(ByteBuffer into) throws IOException {
    file.read(at, into);
  }
}
